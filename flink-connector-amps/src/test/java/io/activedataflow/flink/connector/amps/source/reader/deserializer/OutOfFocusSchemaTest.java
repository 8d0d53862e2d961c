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

package io.activedataflow.flink.connector.amps.source.reader.deserializer;

import io.activedataflow.flink.connector.amps.AmpsCommand;

import org.apache.flink.api.common.typeinfo.Types;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static io.activedataflow.flink.connector.amps.source.reader.deserializer.TestMessages.messageOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class OutOfFocusSchemaTest {

    private static final AmpsDeserializationSchema<Integer> SIZES =
            AmpsDeserializationSchema.nvfixMap().map(fields -> fields.size(), Types.INT);

    private static TestMessage outOfFocus(String body) {
        TestMessage message = messageOf(body);
        return new TestMessage(
                message.topic(),
                AmpsCommand.OOF,
                message.bodyArray(),
                message.bodyOffset(),
                message.bodyLength(),
                null,
                message.timestampMicros(),
                "17",
                null,
                null);
    }

    @Test
    void messagesAboutWhatIsOutOfFocusGoToTheFunction() throws Exception {
        SchemaRun<Integer> run =
                new SchemaRun<>(
                        SIZES.withOutOfFocus(message -> -Integer.parseInt(message.sowKey())));

        assertThat(run.readOne(messageOf("a=1"))).isEqualTo(1);
        assertThat(run.readOne(outOfFocus("no fields"))).isEqualTo(-17);
    }

    @Test
    void withoutItTheyAreMessagesAsAnyOther() throws Exception {
        SchemaRun<Integer> run = new SchemaRun<>(SIZES);

        assertThatThrownBy(() -> run.read(outOfFocus("no fields"))).isNotNull();
    }

    @Test
    void theTypeIsThatOfTheSchema() {
        assertThat(SIZES.withOutOfFocus(message -> 0).getProducedType()).isEqualTo(Types.INT);
        assertThatThrownBy(() -> SIZES.withOutOfFocus(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("function");
    }
}
