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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

import static io.activedataflow.flink.connector.amps.source.reader.deserializer.TestMessages.messageOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class FixPojoSchemaTest {

    public record Order(
            @AmpsField("55") String symbol,
            @AmpsField("38") long quantity,
            @AmpsField("44") BigDecimal price,
            @AmpsField("60") Instant transactTime,
            @AmpsField("43") Boolean possDup) {}

    public static class Times {
        @AmpsField("1")
        public boolean flag;

        @AmpsField("2")
        public LocalDateTime dateTime;

        @AmpsField("3")
        public LocalDate date;

        @AmpsField("4")
        public LocalTime time;

        public transient String notFromTheBody;
    }

    public record WithoutTag(@AmpsField("55") String symbol, String side) {}

    public record WithName(@AmpsField("sym") String symbol) {}

    private static TestMessage body(String text) {
        return messageOf(text.replace('|', '\u0001'));
    }

    private static Times times(String text) throws Exception {
        return new SchemaRun<>(AmpsDeserializationSchema.fix(Times.class)).readOne(body(text));
    }

    @Test
    void fillsARecordByTag() throws Exception {
        SchemaRun<Order> run = new SchemaRun<>(AmpsDeserializationSchema.fix(Order.class));

        assertThat(
                        run.readOne(
                                body(
                                        "8=FIX.4.4|35=D|55=IBM|38=100|44=12.50|"
                                                + "60=20260301-12:00:00.123|43=N|10=128|")))
                .isEqualTo(
                        new Order(
                                "IBM",
                                100,
                                new BigDecimal("12.50"),
                                Instant.parse("2026-03-01T12:00:00.123Z"),
                                false));
        assertThat(run.readOne(body("38=1|38=2"))).isEqualTo(new Order(null, 2, null, null, null));
    }

    @Test
    void namesTheTagThatIsMissing() throws Exception {
        SchemaRun<Order> run = new SchemaRun<>(AmpsDeserializationSchema.fix(Order.class));

        assertThatThrownBy(() -> run.read(body("55=IBM")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no field '38'")
                .hasMessageContaining("long 'quantity'");
        assertThatThrownBy(() -> run.read(body("38=many")))
                .hasMessage("The value 'many' of field '38' is not of type long.");
    }

    @Test
    void readsBooleansDatesAndTimesAsFixWritesThem() throws Exception {
        Times times = times("1=Y|2=20240229-23:59:59|3=20240229|4=00:00:00.000000001|");

        assertThat(times.flag).isTrue();
        assertThat(times.dateTime).isEqualTo(LocalDateTime.of(2024, 2, 29, 23, 59, 59));
        assertThat(times.date).isEqualTo(LocalDate.of(2024, 2, 29));
        assertThat(times.time).isEqualTo(LocalTime.of(0, 0, 0, 1));
        assertThat(times("1=N|").flag).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1=true",
                "1=1",
                "1=",
                "1=YN",
                "1=y",
                "2=2024-02-29T23:59:59",
                "2=20240229-23:59",
                "2=20240229-23:59:59.",
                "2=20240229-23:59:59.0000000001",
                "2=20240229 23:59:59",
                "3=20230229",
                "3=2023022",
                "3=+20230228",
                "3=",
                "4=24:00:00",
                "4=1:00:00",
                "4=12:00:00Z"
            })
    void refusesOtherFormsOfThem(String field) {
        assertThatThrownBy(() -> times("1=Y|" + field))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("of field '" + field.charAt(0) + "' is not of type");
    }

    @Test
    void refusesBodiesWhoseTagsAreNames() {
        assertThatThrownBy(() -> times("1=Y|flag=Y"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("The tag 'flag' is not a number.");
    }

    @Test
    void refusesClassesWithoutTags() {
        assertThatThrownBy(() -> AmpsDeserializationSchema.fix(WithoutTag.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Field 'side' of " + WithoutTag.class + " has no tag.")
                .hasMessageContaining("@AmpsField(\"55\")");
        assertThatThrownBy(() -> AmpsDeserializationSchema.fix(WithName.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has the tag 'sym'.");
    }
}
