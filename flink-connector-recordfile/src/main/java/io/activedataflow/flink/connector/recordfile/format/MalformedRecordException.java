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

import javax.annotation.Nullable;

import java.io.IOException;

/** A record that cannot be turned into an element. */
@PublicEvolving
public final class MalformedRecordException extends IOException {

    private static final long serialVersionUID = 1L;

    private final RecordFileError error;
    private final @Nullable String column;

    /**
     * A record that is malformed as a whole.
     *
     * @param message a sentence, without the path and position of the record
     */
    public MalformedRecordException(RecordFileError error, String message) {
        this(error, null, message, null);
    }

    /**
     * A record with a column that is to blame.
     *
     * @param column the name of the column that is to blame, or null
     * @param message a sentence, without the path and position of the record
     */
    public MalformedRecordException(
            RecordFileError error,
            @Nullable String column,
            String message,
            @Nullable Throwable cause) {
        super(message, cause);
        this.error = error;
        this.column = column;
    }

    /** The class of the error. */
    public RecordFileError error() {
        return error;
    }

    /** The name of the column that is to blame, or null. */
    @Nullable
    public String column() {
        return column;
    }
}
