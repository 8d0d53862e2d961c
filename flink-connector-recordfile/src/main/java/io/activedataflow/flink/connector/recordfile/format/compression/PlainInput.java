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

package io.activedataflow.flink.connector.recordfile.format.compression;

import io.activedataflow.flink.connector.recordfile.client.FileInput;

import org.apache.flink.annotation.Internal;

import java.io.IOException;

/** A file that is not compressed. */
@Internal
final class PlainInput implements ByteInput {

    private final FileInput file;

    PlainInput(FileInput file) {
        this.file = file;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        return file.read(buffer, offset, length);
    }

    @Override
    public long memberOffset() {
        return 0;
    }

    @Override
    public long offsetInMember() {
        return file.position();
    }

    @Override
    public long storedPosition() {
        return file.position();
    }

    @Override
    public void abort() {
        file.abort();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
