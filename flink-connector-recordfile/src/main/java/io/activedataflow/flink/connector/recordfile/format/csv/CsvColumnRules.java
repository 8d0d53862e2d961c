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

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What the columns are called where the file does not say so, and which may be missing. */
@Internal
final class CsvColumnRules implements Serializable {

    private static final long serialVersionUID = 1L;

    private final @Nullable ArrayList<String> givenNames;
    private final boolean columnsMayMiss;
    private final boolean columnsMayExceed;
    private final boolean fieldsMayMiss;
    private final boolean fieldsMayExceed;
    private final @Nullable byte[] nullLiteral;

    CsvColumnRules(CsvFramingBuilder builder) {
        List<String> names = builder.header.givenNames();
        givenNames = names == null ? null : new ArrayList<>(names);
        columnsMayMiss = builder.missingColumns == CsvMissing.NULL;
        columnsMayExceed = builder.extraColumns == CsvExtra.IGNORE;
        fieldsMayMiss = builder.missingFields == CsvMissing.NULL;
        fieldsMayExceed = builder.extraFields == CsvExtra.IGNORE;
        nullLiteral =
                builder.nullLiteral == null ? null : CsvFramingBuilder.utf8(builder.nullLiteral);
    }

    @Nullable
    List<String> givenNames() {
        return givenNames;
    }

    boolean columnsMayMiss() {
        return columnsMayMiss;
    }

    boolean columnsMayExceed() {
        return columnsMayExceed;
    }

    boolean fieldsMayMiss() {
        return fieldsMayMiss;
    }

    boolean fieldsMayExceed() {
        return fieldsMayExceed;
    }

    @Nullable
    byte[] nullLiteral() {
        return nullLiteral;
    }
}
