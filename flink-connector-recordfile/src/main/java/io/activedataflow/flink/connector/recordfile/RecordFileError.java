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

package io.activedataflow.flink.connector.recordfile;

import org.apache.flink.annotation.PublicEvolving;

/** Why a record is malformed. */
@PublicEvolving
public enum RecordFileError {
    /** The bytes do not have the form of a record: an unclosed quote, JSON that does not parse. */
    STRUCTURE,
    /** More or fewer columns than the header or the schema has. */
    COLUMN_COUNT,
    /** A value does not fit the type of its column. */
    CAST,
    /** Bytes that are not text in the encoding of the file. */
    ENCODING,
    /** The record is longer than the largest that is allowed. */
    TOO_LARGE,
    /** The user's own deserializer has thrown an exception. */
    DESERIALIZATION
}
