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

import io.activedataflow.flink.connector.recordfile.RecordFileError;

import org.apache.flink.annotation.PublicEvolving;

import java.util.Objects;

/**
 * What is wrong with a record.
 *
 * @param error the class of the error
 * @param message a sentence that says more, without the content of the record
 */
@PublicEvolving
public record RecordFileErrorInfo(RecordFileError error, String message) {

    public RecordFileErrorInfo {
        Objects.requireNonNull(error, "error");
        Objects.requireNonNull(message, "message");
    }
}
