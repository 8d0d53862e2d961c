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
import org.apache.flink.core.fs.Path;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Iterator;

/**
 * Reads the records of a file in a format of the user's own.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
@PublicEvolving
@FunctionalInterface
public interface KeyValueFunction<K, V> extends Serializable {

    /**
     * Begins to read a file. After a failure the file is read again from its beginning, and as many
     * records are left out as had been emitted: the same content must give the same records in the
     * same order.
     *
     * @param content of the file, decompressed; closed by the caller
     * @return the records, read while they are asked for; each a new object, none of them null. If
     *     it is {@link AutoCloseable}, it is closed, also if the file is not read to its end. What
     *     it throws fails the job, with the file and the number of the record
     * @throws IOException if the file cannot be read
     */
    Iterator<KeyValue<K, V>> read(InputStream content) throws IOException;

    /**
     * The same, for functions that want to know the file. This one is called; unless it is
     * overridden, it calls the other.
     */
    default Iterator<KeyValue<K, V>> read(InputStream content, Path file) throws IOException {
        return read(content);
    }
}
