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

package io.activedataflow.flink.connector.amps.source.split;

import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;
import io.activedataflow.flink.connector.amps.source.split.KindState.None;
import io.activedataflow.flink.connector.amps.source.split.KindState.Snapshot;
import io.activedataflow.flink.connector.amps.source.split.KindState.Unacknowledged;

import org.apache.flink.annotation.Internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a {@link KindState} stands at the end of a split, in version 1 of that.
 *
 * <p>Modes 0 and 1: nothing. Modes 2 and 3: complete (byte, 0 or 1), topics (int count; of each:
 * topic (text), numbers (int count, then that many longs), texts (int count, then that many
 * texts)). Mode 4: bookmarks (int count, then 2 longs of each: publisher, sequence).
 */
@Internal
final class KindStateFormat {

    private static final int BYTES_PER_TEXT = Integer.BYTES;
    private static final int BYTES_PER_TOPIC = 3 * Integer.BYTES;

    private KindStateFormat() {}

    static void write(StateWriter out, KindState state) throws IOException {
        if (state instanceof Snapshot snapshot) {
            out.writeByte(snapshot.complete() ? 1 : 0);
            writeKeys(out, snapshot.keys());
        } else if (state instanceof Unacknowledged unacknowledged) {
            writeBookmarks(out, unacknowledged.bookmarks());
        } else if (!(state instanceof None)) {
            throw new IllegalArgumentException("Cannot write " + state);
        }
    }

    private static void writeKeys(StateWriter out, SowKeys keys) throws IOException {
        out.writeInt(keys.byTopic().size());
        for (Map.Entry<String, SowKeys.OfTopic> topic : keys.byTopic().entrySet()) {
            out.writeText(topic.getKey());
            long[] numbers = topic.getValue().numbers();
            out.writeInt(numbers.length);
            for (long number : numbers) {
                out.writeLong(number);
            }
            out.writeInt(topic.getValue().texts().size());
            for (String text : topic.getValue().texts()) {
                out.writeText(text);
            }
        }
    }

    static KindState read(StateReader in, AmpsSubscriptionKind kind) throws IOException {
        return switch (kind) {
            case BOOKMARK_REPLAY, LIVE -> KindState.NONE;
            case QUEUE -> new Unacknowledged(readBookmarks(in));
            case SOW, SOW_AND_SUBSCRIBE -> new Snapshot(readBoolean(in), readKeys(in));
        };
    }

    private static void writeBookmarks(StateWriter out, BookmarkList bookmarks) throws IOException {
        out.writeInt(bookmarks.size());
        for (int i = 0; i < bookmarks.size(); i++) {
            out.writeLong(bookmarks.publisherId(i));
            out.writeLong(bookmarks.sequence(i));
        }
    }

    private static BookmarkList readBookmarks(StateReader in) throws IOException {
        long[] numbers = new long[2 * in.readCount(2 * Long.BYTES)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.readLong();
        }
        return BookmarkList.of(numbers);
    }

    private static boolean readBoolean(StateReader in) throws IOException {
        int value = in.readByte();
        if (value != 0 && value != 1) {
            throw in.corrupt("neither 0 nor 1 but " + value);
        }
        return value == 1;
    }

    private static SowKeys readKeys(StateReader in) throws IOException {
        Map<String, SowKeys.OfTopic> byTopic = new LinkedHashMap<>();
        for (int left = in.readCount(BYTES_PER_TOPIC); left > 0; left--) {
            String topic = in.readText();
            long[] numbers = new long[in.readCount(Long.BYTES)];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = in.readLong();
            }
            List<String> texts = new ArrayList<>();
            for (int more = in.readCount(BYTES_PER_TEXT); more > 0; more--) {
                texts.add(in.readText());
            }
            byTopic.put(topic, new SowKeys.OfTopic(numbers, texts));
        }
        return new SowKeys(byTopic);
    }
}
