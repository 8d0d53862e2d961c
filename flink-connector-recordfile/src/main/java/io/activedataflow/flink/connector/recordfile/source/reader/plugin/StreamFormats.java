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

package io.activedataflow.flink.connector.recordfile.source.reader.plugin;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.impl.StreamFormatAdapter;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.reader.StreamFormat;

/** Lets stream formats of Flink be used where a bulk format is wanted. */
@PublicEvolving
public final class StreamFormats {

    private StreamFormats() {}

    /**
     * Makes a bulk format of a stream format. It reads as Flink's own file source does, which also
     * means: compressed files are known by their names and decompressed by Flink, and most stream
     * formats go on after a restore by reading all that lies before. Faults of the file system are
     * not retried, and reads are not broken off.
     */
    public static <T> BulkFormat<T, FileSourceSplit> toBulkFormat(StreamFormat<T> format) {
        return new StreamFormatAdapter<>(format);
    }
}
