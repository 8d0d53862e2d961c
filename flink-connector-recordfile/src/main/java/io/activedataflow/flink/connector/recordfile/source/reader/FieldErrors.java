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

import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;

import org.apache.flink.annotation.Internal;

/** Decides on values that do not fit their columns. One thread only. */
@Internal
final class FieldErrors {

    private final boolean nullsFields;
    private int nulledInRecord;

    /**
     * @param nullsFields whether such values are taken as null
     */
    FieldErrors(boolean nullsFields) {
        this.nullsFields = nullsFields;
    }

    void beginRecord() {
        nulledInRecord = 0;
    }

    /** Returns if the value is to be taken as null. */
    void fieldFailed(MalformedRecordException error) throws MalformedRecordException {
        if (!nullsFields) {
            throw error;
        }
        nulledInRecord++;
    }

    /** How many values of the record have been taken as null. */
    int nulledInRecord() {
        return nulledInRecord;
    }
}
