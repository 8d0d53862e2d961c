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

package io.activedataflow.flink.connector.amps.standin.journal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The bytes of a record. */
final class RecordCodec {

    private static final int LOGGED = 1;
    private static final int TAKEN = 2;
    private static final int PRUNED = 3;
    private static final int WIPED = 4;
    private static final int NULL = -1;

    private RecordCodec() {}

    static byte[] encode(JournalRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            if (record instanceof JournalRecord.Logged logged) {
                out.writeByte(LOGGED);
                write(logged, out);
            } else if (record instanceof JournalRecord.Taken taken) {
                out.writeByte(TAKEN);
                writeText(taken.queue(), out);
                writeText(taken.bookmark(), out);
            } else if (record instanceof JournalRecord.Pruned pruned) {
                out.writeByte(PRUNED);
                out.writeLong(pruned.position());
            } else if (record instanceof JournalRecord.Wiped) {
                out.writeByte(WIPED);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory does not fail.", e);
        }
        return bytes.toByteArray();
    }

    /**
     * The record of these bytes.
     *
     * @throws IOException if they are none
     */
    static JournalRecord decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int type = in.readByte();
        return switch (type) {
            case LOGGED -> readLogged(in);
            case TAKEN -> new JournalRecord.Taken(readText(in), readText(in));
            case PRUNED -> new JournalRecord.Pruned(in.readLong());
            case WIPED -> new JournalRecord.Wiped();
            default -> throw new IOException("There are no journal records of type " + type + '.');
        };
    }

    private static void write(JournalRecord.Logged logged, DataOutputStream out)
            throws IOException {
        out.writeLong(logged.publisherId());
        out.writeLong(logged.sequence());
        out.writeLong(logged.micros());
        writeText(logged.topic(), out);
        writeText(logged.correlationId(), out);
        writeText(logged.user(), out);
        writeText(logged.sowKey(), out);
        writeBytes(logged.body(), out);
    }

    private static JournalRecord.Logged readLogged(DataInputStream in) throws IOException {
        long publisherId = in.readLong();
        long sequence = in.readLong();
        long micros = in.readLong();
        String topic = readText(in);
        String correlationId = readText(in);
        String user = readText(in);
        String sowKey = readText(in);
        return new JournalRecord.Logged(
                publisherId, sequence, topic, micros, readBytes(in), correlationId, user, sowKey);
    }

    private static void writeText(String text, DataOutputStream out) throws IOException {
        writeBytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8), out);
    }

    private static String readText(DataInputStream in) throws IOException {
        byte[] bytes = readBytes(in);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private static void writeBytes(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes == null ? NULL : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length == NULL ? null : in.readNBytes(length);
    }
}
