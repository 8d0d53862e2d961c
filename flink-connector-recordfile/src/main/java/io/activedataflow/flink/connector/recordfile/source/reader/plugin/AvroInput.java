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

import io.activedataflow.flink.connector.recordfile.client.FileInput;

import org.apache.flink.annotation.Internal;

import org.apache.avro.file.SeekableInput;

import java.io.IOException;

/** A file as Avro wants it. */
@Internal
final class AvroInput implements SeekableInput {

    private final FileInput input;

    AvroInput(FileInput input) {
        this.input = input;
    }

    @Override
    public void seek(long offset) throws IOException {
        input.seek(offset);
    }

    @Override
    public long tell() {
        return input.position();
    }

    @Override
    public long length() {
        return input.size();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        return input.read(buffer, offset, length);
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
