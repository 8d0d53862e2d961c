/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.activedataflow.flink.connector.recordfile.source.enumerator;

import io.activedataflow.flink.connector.recordfile.format.BlockSummary;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.DiscoveryState;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplitSerializer;
import io.activedataflow.flink.connector.recordfile.source.split.StateReader;
import io.activedataflow.flink.connector.recordfile.source.split.StateWriter;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the enumerator's state into checkpoints.
 *
 * <p>Version 1: mode (byte, 0 = files that do not grow), all found (byte, 0 or 1), version of the
 * split serializer (int), waiting splits (int count, then int length and bytes of each), open keys
 * (int count, then ID and key of each as texts, sorted by ID), scanned files (int count, then each
 * as below), and what the discovery writes ({@link DiscoveryState#writeTo}). Big-endian.
 *
 * <p>A scanned file: the split that reads it as a whole (int length and bytes), part size (long),
 * exact (byte, 0 or 1), answers (int count, then of each: int block, byte quotes toggled, and
 * twice, entered outside and inside of quotes: 5 longs first record, records before it, records,
 * lines before it, lines; byte irregular).
 */
@Internal
public final class RecordFileEnumStateSerializer
        implements SimpleVersionedSerializer<RecordFileEnumState> {

    public static final RecordFileEnumStateSerializer INSTANCE =
            new RecordFileEnumStateSerializer();

    private static final int VERSION = 1;

    private static final int VIEW_BYTES = 5 * Long.BYTES + 1;
    private static final int ANSWER_BYTES = Integer.BYTES + 1 + 2 * VIEW_BYTES;

    private static final RecordFileSplitSerializer SPLITS = RecordFileSplitSerializer.INSTANCE;

    private RecordFileEnumStateSerializer() {}

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(RecordFileEnumState state) throws IOException {
        StateWriter out = new StateWriter();
        out.writeByte(RecordFileSplitSerializer.MODE_FILES);
        writeFlag(out, state.allFound());
        out.writeInt(SPLITS.getVersion());
        out.writeInt(state.waiting().size());
        for (RecordFileSplit split : state.waiting()) {
            out.writeBytes(SPLITS.serialize(split));
        }
        out.writeInt(state.openKeys().size());
        for (Map.Entry<String, String> open : new TreeMap<>(state.openKeys()).entrySet()) {
            out.writeText(open.getKey());
            out.writeText(open.getValue());
        }
        out.writeInt(state.scans().size());
        for (FileScan scan : state.scans()) {
            writeScan(out, scan);
        }
        state.discovery().writeTo(out);
        return out.toByteArray();
    }

    @Override
    public RecordFileEnumState deserialize(int version, byte[] serialized) throws IOException {
        StateReader in = new StateReader("enumerator state", serialized);
        in.requireVersion(version, VERSION);
        in.requireMode(RecordFileSplitSerializer.MODE_FILES);
        boolean allFound = readFlag(in);
        int splitVersion = in.readInt();
        List<RecordFileSplit> waiting = new ArrayList<>();
        for (int left = in.readCount(Integer.BYTES); left > 0; left--) {
            waiting.add(SPLITS.deserialize(splitVersion, in.readBytes()));
        }
        Map<String, String> openKeys = new HashMap<>();
        for (int left = in.readCount(2 * Integer.BYTES); left > 0; left--) {
            openKeys.put(in.readText(), in.readText());
        }
        List<FileScan> scans = new ArrayList<>();
        for (int left = in.readCount(Integer.BYTES); left > 0; left--) {
            scans.add(readScan(in, splitVersion));
        }
        DiscoveryState discovery = DiscoveryState.readFrom(in);
        in.requireEnd();
        return new RecordFileEnumState(allFound, discovery, waiting, openKeys, scans);
    }

    private static void writeScan(StateWriter out, FileScan scan) throws IOException {
        out.writeBytes(SPLITS.serialize(scan.whole()));
        out.writeLong(scan.partSize());
        writeFlag(out, scan.exact());
        out.writeInt(scan.summaries().size());
        for (Map.Entry<Integer, BlockSummary> answer : new TreeMap<>(scan.summaries()).entrySet()) {
            out.writeInt(answer.getKey());
            writeFlag(out, answer.getValue().togglesQuotes());
            writeView(out, answer.getValue().outside());
            writeView(out, answer.getValue().inside());
        }
    }

    private static FileScan readScan(StateReader in, int splitVersion) throws IOException {
        RecordFileSplit whole = SPLITS.deserialize(splitVersion, in.readBytes());
        long partSize = in.readLong();
        boolean exact = readFlag(in);
        Map<Integer, BlockSummary> answers = new HashMap<>();
        for (int left = in.readCount(ANSWER_BYTES); left > 0; left--) {
            answers.put(in.readInt(), new BlockSummary(readFlag(in), readView(in), readView(in)));
        }
        try {
            return new FileScan(whole, partSize, exact, answers);
        } catch (IllegalArgumentException e) {
            throw in.corrupt("no scan: " + e.getMessage());
        }
    }

    private static void writeView(StateWriter out, BlockSummary.View view) throws IOException {
        out.writeLong(view.firstRecord());
        out.writeLong(view.recordsBefore());
        out.writeLong(view.records());
        out.writeLong(view.linesBefore());
        out.writeLong(view.lines());
        writeFlag(out, view.irregular());
    }

    private static BlockSummary.View readView(StateReader in) throws IOException {
        return new BlockSummary.View(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                readFlag(in));
    }

    private static void writeFlag(StateWriter out, boolean flag) throws IOException {
        out.writeByte(flag ? 1 : 0);
    }

    private static boolean readFlag(StateReader in) throws IOException {
        int flag = in.readByte();
        if (flag != 0 && flag != 1) {
            throw in.corrupt("flag " + flag);
        }
        return flag == 1;
    }
}
