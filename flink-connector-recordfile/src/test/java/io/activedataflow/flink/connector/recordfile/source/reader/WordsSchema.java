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

import io.activedataflow.flink.connector.recordfile.format.RecordFileRecord;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.Collector;

import java.nio.charset.StandardCharsets;

/** The words of a record, one or more. */
final class WordsSchema implements RecordFileDeserializationSchema<String> {

    private static final long serialVersionUID = 1L;

    private transient boolean open;

    @Override
    public void open(Context context) {
        if (open) {
            throw new IllegalStateException("Opened twice.");
        }
        open = true;
        context.getMetricGroup().counter("words").inc();
    }

    @Override
    public void deserialize(RecordFileRecord record, Collector<String> out) {
        if (!open || record.line() != -1 || record.recordNumber() != -1) {
            throw new IllegalStateException("Not open, or numbered.");
        }
        String text =
                new String(
                        record.buffer(),
                        record.from(),
                        record.to() - record.from(),
                        StandardCharsets.UTF_8);
        for (String word : text.split(" ")) {
            out.collect(word);
        }
    }

    @Override
    public TypeInformation<String> getProducedType() {
        return Types.STRING;
    }

    @Override
    public String toString() {
        return "words";
    }
}
