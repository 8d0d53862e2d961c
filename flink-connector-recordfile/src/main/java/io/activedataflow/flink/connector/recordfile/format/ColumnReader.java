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

package io.activedataflow.flink.connector.recordfile.format;

import org.apache.flink.annotation.PublicEvolving;

/**
 * Finds the values of named columns in records. Made for one list of columns; re-used for every
 * record, whatever file it comes from. One thread.
 */
@PublicEvolving
public interface ColumnReader {

    /** What a value is. */
    enum Kind {
        /** The record has no such column. */
        MISSING,
        /** The column is there and says that it has no value. */
        NULL,
        /** Text, which may denote a number or anything else: all values of CSV, strings of JSON. */
        TEXT,
        /** A number of JSON. */
        NUMBER,
        /** {@code true} or {@code false} of JSON. */
        BOOLEAN,
        /** An object or an array of JSON, as the text that it has in the file. */
        NESTED
    }

    /**
     * Finds the columns of a record; the other methods answer for it afterwards.
     *
     * @throws MalformedRecordException if the record does not have the form or the columns that it
     *     must have
     */
    void read(RecordFileRecord record) throws MalformedRecordException;

    /** How many columns there are: those that were asked for, or all those of the record. */
    int count();

    /** The name of a column. */
    String name(int column);

    /** What the value of a column is; if it is missing or null, there is none to look at. */
    Kind kind(int column);

    /** The array that the value lies in, without quotes and escapes. UTF-8, as the file has it. */
    byte[] buffer(int column);

    /** Where the value begins in {@link #buffer}. */
    int from(int column);

    /** Where the value ends in {@link #buffer}. */
    int to(int column);
}
