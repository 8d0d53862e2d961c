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

package io.activedataflow.flink.connector.recordfile.format.csv;

import io.activedataflow.flink.connector.recordfile.format.RecordBlock;
import io.activedataflow.flink.connector.recordfile.format.RecordFileRecord;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One record of a block, without a file around it. */
final class BlockRecord implements RecordFileRecord {

    private final RecordBlock block;
    private final int index;

    BlockRecord(RecordBlock block, int index) {
        this.block = block;
        this.index = index;
    }

    @Override
    public byte[] buffer() {
        return block.bytes();
    }

    @Override
    public int from() {
        return block.from(index);
    }

    @Override
    public int to() {
        return block.to(index);
    }

    @Override
    public byte[] bytes() {
        return Arrays.copyOfRange(buffer(), from(), to());
    }

    @Override
    public String path() {
        return "file";
    }

    @Override
    public long offset() {
        return block.from(index);
    }

    @Override
    public long length() {
        return block.next(index) - block.from(index);
    }

    @Override
    public long line() {
        return block.linesBefore(index) + 1;
    }

    @Override
    public long recordNumber() {
        return index + 1;
    }

    @Override
    public long modificationTime() {
        return 0;
    }

    @Override
    public Map<String, String> pathParts() {
        return Map.of();
    }

    @Override
    public List<String> header() {
        return block.header();
    }

    @Override
    public int fieldCount() {
        return block.fieldCount(index);
    }

    @Override
    public int fieldFrom(int field) {
        return block.fieldFrom(index, field);
    }

    @Override
    public int fieldTo(int field) {
        return block.fieldTo(index, field);
    }

    @Override
    public int fieldFlags(int field) {
        return block.fieldFlags(index, field);
    }
}
