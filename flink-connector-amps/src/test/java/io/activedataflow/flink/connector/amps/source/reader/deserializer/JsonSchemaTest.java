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

import org.apache.flink.api.java.typeutils.PojoTypeInfo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import static io.activedataflow.flink.connector.amps.source.reader.deserializer.TestMessages.messageOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class JsonSchemaTest {

    public record Order(String id, int quantity, BigDecimal price, Party party) {}

    /** With a type that Flink leaves to Kryo where it finds it in a POJO. */
    public static class Party {
        public String name;
        public LocalDate since;
    }

    public static class WithKryo {
        public String name;
        public Inner inner;

        public static class Inner {
            public Runnable task;
        }
    }

    @Test
    void readsNestedObjects() throws Exception {
        SchemaRun<Order> run = new SchemaRun<>(AmpsDeserializationSchema.json(Order.class));

        Order order =
                run.readOne(
                        messageOf(
                                "{\"id\":\"ä\",\"quantity\":3,\"price\":1.50,"
                                        + "\"party\":{\"name\":\"p\",\"since\":\"2026-03-01\"}}"));
        assertThat(order.id()).isEqualTo("ä");
        assertThat(order.quantity()).isEqualTo(3);
        assertThat(order.price()).isEqualTo("1.50");
        assertThat(order.party().name).isEqualTo("p");
        assertThat(order.party().since).isEqualTo(LocalDate.of(2026, 3, 1));
    }

    @Test
    void readsSimpleTypes() throws Exception {
        assertThat(
                        new SchemaRun<>(AmpsDeserializationSchema.json(String.class))
                                .readOne(messageOf("\"a\"")))
                .isEqualTo("a");
        assertThat(
                        new SchemaRun<>(AmpsDeserializationSchema.json(Instant.class))
                                .readOne(messageOf("\"2026-03-01T12:00:00Z\"")))
                .isEqualTo(Instant.parse("2026-03-01T12:00:00Z"));
    }

    @Test
    void takesWhatIsNoSuchObjectAsMalformed() throws Exception {
        SchemaRun<Order> run = new SchemaRun<>(AmpsDeserializationSchema.json(Order.class));

        for (String body :
                List.of(
                        "",
                        "{",
                        "[]",
                        "7",
                        "no json",
                        "{\"quantity\":\"three\"}",
                        "{\"unknown\":1}")) {
            assertThatThrownBy(() -> run.read(messageOf(body)))
                    .as(body)
                    .isInstanceOf(IOException.class);
        }
        assertThat(run.readOne(messageOf("{\"quantity\":1}")))
                .isEqualTo(new Order(null, 1, null, null));
    }

    @Test
    void yieldsNothingOfNull() throws Exception {
        assertThat(
                        new SchemaRun<>(AmpsDeserializationSchema.json(Order.class))
                                .read(messageOf("null")))
                .isEmpty();
    }

    @Test
    void hasThePojoTypeOfFlink() {
        assertThat(AmpsDeserializationSchema.json(Order.class).getProducedType())
                .isInstanceOf(PojoTypeInfo.class);
    }

    @Test
    void refusesWhatWouldBeLeftToKryo() {
        for (Class<?> type : List.of(WithKryo.class, Object.class)) {
            assertThatThrownBy(() -> AmpsDeserializationSchema.json(type))
                    .as(type.toString())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(type + " has a part that Flink has no serializer for")
                    .hasMessageContaining("new JsonDeserializationSchema<>(type)");
        }
        assertThatThrownBy(() -> AmpsDeserializationSchema.json(WithKryo.class))
                .hasMessageContaining("java.lang.Runnable");
    }
}
