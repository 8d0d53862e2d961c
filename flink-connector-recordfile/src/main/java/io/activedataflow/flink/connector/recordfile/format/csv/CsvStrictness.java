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

import org.apache.flink.annotation.PublicEvolving;

/**
 * Which quotes make a record malformed. What is malformed is the line that the record begins in;
 * the next record is looked for in the next line, so that one quote too many costs one record.
 */
@PublicEvolving
public enum CsvStrictness {
    /**
     * A quote may stand around a whole field and, doubled, inside of it, and nowhere else. So RFC
     * 4180 has it.
     */
    STRICT,
    /**
     * As {@link #STRICT}, but a quote inside a field that does not begin with one is part of its
     * text. The default.
     */
    STANDARD,
    /**
     * No quote is an error, unless it is never closed. Text after a closing quote belongs to the
     * field: {@code "ab"c} is {@code abc}. A further quote in that text opens the field again.
     */
    LENIENT
}
