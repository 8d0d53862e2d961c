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

package io.activedataflow.flink.connector.e2e.examples;

import io.activedataflow.flink.connector.recordfile.source.reader.RecordFileMalformedRecord;

/**
 * A malformed record of a file, as somebody will want to look at it.
 *
 * @param path the file
 * @param line where in the file
 * @param error what kind of error it is
 * @param reason what is wrong, in words
 * @param text what stands there
 */
public record FileDeadLetter(String path, long line, String error, String reason, String text) {

    static FileDeadLetter of(RecordFileMalformedRecord record) {
        return new FileDeadLetter(
                record.path(),
                record.line(),
                record.error().name(),
                record.cause().getMessage(),
                record.rawAsString());
    }

    /** One line of the dead-letter file. */
    @Override
    public String toString() {
        return path
                + " line "
                + line
                + ' '
                + error
                + ' '
                + text.replace("\n", "\\n")
                + ' '
                + reason;
    }
}
