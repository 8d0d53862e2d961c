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

import io.activedataflow.flink.connector.recordfile.RecordFileError;

import javax.annotation.Nullable;

import java.util.List;

/**
 * A record that was found in a file.
 *
 * @param from its offset
 * @param to where it ends, without its line break
 * @param next where reading goes on
 * @param line counted from 1
 * @param nextLine the line that {@code next} is in
 * @param values null where a column has none; empty if the record is malformed
 * @param error what is wrong with the record, or null
 */
record Found(
        long from,
        long to,
        long next,
        long line,
        long nextLine,
        List<String> values,
        @Nullable RecordFileError error) {}
