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

package io.activedataflow.flink.connector.recordfile.source.reader.plugin;

import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/** What Avro's compiler would make of {@link AvroFiles#SCHEMA}, in short. */
public final class Reading extends SpecificRecordBase {

    private static final long serialVersionUID = 1L;

    public static final Schema SCHEMA$ =
            new Schema.Parser()
                    .parse(
                            AvroFiles.SCHEMA
                                    .toString()
                                    .replace(
                                            "\"namespace\":\"test\"",
                                            "\"namespace\":\""
                                                    + Reading.class.getPackageName()
                                                    + "\""));

    public long id;
    public CharSequence name;

    @Override
    public Schema getSchema() {
        return SCHEMA$;
    }

    @Override
    public Object get(int field) {
        return field == 0 ? (Object) id : name;
    }

    @Override
    public void put(int field, Object value) {
        switch (field) {
            case 0 -> id = (Long) value;
            case 1 -> name = (CharSequence) value;
            default -> throw new AvroRuntimeException("There is no field " + field);
        }
    }
}
