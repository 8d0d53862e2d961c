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

import io.activedataflow.flink.connector.recordfile.format.ColumnReader.Kind;

import java.nio.charset.StandardCharsets;

/** A named value of a {@link TestRecord}. */
public record TestColumn(String name, Kind kind, byte[] value) {

    public static TestColumn text(String name, String value) {
        return of(name, Kind.TEXT, value);
    }

    public static TestColumn text(String name, byte[] value) {
        return new TestColumn(name, Kind.TEXT, value);
    }

    public static TestColumn number(String name, String value) {
        return of(name, Kind.NUMBER, value);
    }

    public static TestColumn truth(String name, String value) {
        return of(name, Kind.BOOLEAN, value);
    }

    public static TestColumn nested(String name, String value) {
        return of(name, Kind.NESTED, value);
    }

    public static TestColumn none(String name) {
        return of(name, Kind.NULL, "");
    }

    public static TestColumn of(String name, Kind kind, String value) {
        return new TestColumn(name, kind, value.getBytes(StandardCharsets.UTF_8));
    }
}
