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

/** How one file can be read by several readers. */
@PublicEvolving
public enum RecordFileSplitting {
    /** Not at all: one file is one split. */
    NEVER,
    /** At any line break, or whatever ends a record, next to the wanted place. */
    LINE,
    /**
     * At record boundaries that are found by scanning the file once before it is read; where others
     * keep the readers busy, it is not split.
     */
    EXACT
}
