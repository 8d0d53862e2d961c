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

import io.activedataflow.flink.connector.recordfile.format.ColumnReader;

import org.apache.flink.annotation.PublicEvolving;

/** What becomes of a record without a column that it should have. */
@PublicEvolving
public enum CsvMissing {
    /** The record is malformed, with the error {@code COLUMN_COUNT}. */
    ERROR,
    /** The column is without a value, {@link ColumnReader.Kind#MISSING}. */
    NULL
}
