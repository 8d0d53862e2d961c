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

package io.activedataflow.flink.connector.e2e.quickstart;

import io.activedataflow.flink.connector.recordfile.source.reader.RecordFileMalformedRecord;

/**
 * A record that the source could not read, as the job commits it.
 *
 * @param path the file that it is in
 * @param line the line of the file that it begins in, counted from 1
 * @param error what is wrong with it
 * @param text what stands there
 */
public record DeadLetter(String path, long line, String error, String text) {

    static DeadLetter of(RecordFileMalformedRecord record) {
        return new DeadLetter(
                record.path(),
                record.line(),
                record.column() == null
                        ? record.error().name()
                        : record.error() + " in column " + record.column(),
                record.rawAsString());
    }

    /** One line of the output, which {@link #parse} understands. */
    @Override
    public String toString() {
        return path
                + '\t'
                + line
                + '\t'
                + error
                + '\t'
                + text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    static DeadLetter parse(String output) {
        String[] parts = output.split("\t", 4);
        if (parts.length != 4) {
            throw new IllegalArgumentException("Not a dead letter: '" + output + "'");
        }
        return new DeadLetter(
                parts[0], Long.parseLong(parts[1]), parts[2], parts[3].translateEscapes());
    }

    String file() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    BrokenRecord broken() {
        return new BrokenRecord(file(), line, text);
    }
}
