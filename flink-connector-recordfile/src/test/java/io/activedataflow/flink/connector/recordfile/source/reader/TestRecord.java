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

package io.activedataflow.flink.connector.recordfile.source.reader;

import io.activedataflow.flink.connector.recordfile.format.RecordFileRecord;

import javax.annotation.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A record made of columns, or of text. It lies somewhere within a larger array, between bytes that
 * would spoil any value they were taken for.
 */
public final class TestRecord implements RecordFileRecord {

    public static final String PATH = "file:/in/2026/orders.csv";
    public static final long OFFSET = 1000;
    public static final long LINE = 7;
    public static final long NUMBER = 5;
    public static final long MODIFIED = 1_700_000_000_000L;

    private static final int SPOILER = 0xC0;

    private final List<TestColumn> columns;
    private final int[] valueFrom;
    private final byte[] buffer;
    private final int from;
    private final int to;

    private TestRecord(List<TestColumn> columns, byte[] whole) {
        this.columns = columns;
        this.valueFrom = new int[columns.size()];
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(SPOILER);
        from = out.size();
        out.writeBytes(whole);
        for (int i = 0; i < valueFrom.length; i++) {
            if (i > 0) {
                out.write(SPOILER);
            }
            valueFrom[i] = out.size();
            out.writeBytes(columns.get(i).value());
        }
        to = out.size();
        out.write(SPOILER);
        buffer = out.toByteArray();
    }

    public static TestRecord of(TestColumn... columns) {
        return new TestRecord(List.of(columns), new byte[0]);
    }

    /** Names and values in turn, the values as text. */
    public static TestRecord ofText(String... namesAndValues) {
        List<TestColumn> columns = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            columns.add(TestColumn.text(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new TestRecord(columns, new byte[0]);
    }

    /** A record without columns. */
    public static TestRecord whole(byte[] content) {
        return new TestRecord(List.of(), content);
    }

    /** A record without columns. */
    public static TestRecord whole(String content) {
        return whole(content.getBytes(StandardCharsets.UTF_8));
    }

    List<TestColumn> columns() {
        return columns;
    }

    int indexOf(String name) {
        for (int i = columns.size() - 1; i >= 0; i--) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    int valueFrom(int column) {
        return valueFrom[column];
    }

    @Override
    public byte[] buffer() {
        return buffer;
    }

    @Override
    public int from() {
        return from;
    }

    @Override
    public int to() {
        return to;
    }

    @Override
    public byte[] bytes() {
        return Arrays.copyOfRange(buffer, from, to);
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public long offset() {
        return OFFSET;
    }

    @Override
    public long length() {
        return to - from + 1L;
    }

    @Override
    public long line() {
        return LINE;
    }

    @Override
    public long recordNumber() {
        return NUMBER;
    }

    @Override
    public long modificationTime() {
        return MODIFIED;
    }

    @Override
    public Map<String, String> pathParts() {
        return Map.of("year", "2026");
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
