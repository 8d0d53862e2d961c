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

package io.activedataflow.flink.connector.recordfile.format.json;

import io.activedataflow.flink.connector.recordfile.format.RecordFileRecord;

import javax.annotation.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A JSON text between other bytes, as records lie in a block. */
record JsonRecord(byte[] buffer, int from, int to) implements RecordFileRecord {

    private static final int MARGIN = 11;

    static JsonRecord of(String json) {
        return of(json.getBytes(StandardCharsets.UTF_8));
    }

    /** What lies around would close, and go on with, whatever is open. */
    static JsonRecord of(byte[] json) {
        byte[] buffer = new byte[json.length + 2 * MARGIN];
        Arrays.fill(buffer, (byte) '"');
        System.arraycopy(json, 0, buffer, MARGIN, json.length);
        return new JsonRecord(buffer, MARGIN, MARGIN + json.length);
    }

    @Override
    public byte[] bytes() {
        return Arrays.copyOfRange(buffer, from, to);
    }

    @Override
    public String path() {
        return "file.jsonl";
    }

    @Override
    public long offset() {
        return 0;
    }

    @Override
    public long length() {
        return to - from;
    }

    @Override
    public long line() {
        return 1;
    }

    @Override
    public long recordNumber() {
        return 1;
    }

    @Override
    public long modificationTime() {
        return 0;
    }

    @Override
    public Map<String, String> pathParts() {
        return Map.of();
    }

    @Nullable
    @Override
    public List<String> header() {
        return null;
    }

    @Override
    public int fieldCount() {
        return 0;
    }

    @Override
    public int fieldFrom(int field) {
        throw new IndexOutOfBoundsException(field);
    }

    @Override
    public int fieldTo(int field) {
        throw new IndexOutOfBoundsException(field);
    }

    @Override
    public int fieldFlags(int field) {
        throw new IndexOutOfBoundsException(field);
    }
}
