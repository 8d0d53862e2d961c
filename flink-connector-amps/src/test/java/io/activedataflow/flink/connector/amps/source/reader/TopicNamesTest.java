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

package io.activedataflow.flink.connector.amps.source.reader;

import io.activedataflow.flink.connector.amps.client.ByteSlice;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class TopicNamesTest {

    private final TopicNames names = new TopicNames();

    private String nameOf(String topic) {
        TestDelivery message = new TestDelivery().topic(topic);
        String name = names.nameOf(message.topic());
        message.spoil();
        return name;
    }

    @Test
    void makesOneNameForEachTopic() {
        String orders = nameOf("orders");
        String prices = nameOf("prices");
        String umlaut = nameOf("aufträge/€");

        assertThat(orders).isEqualTo("orders");
        assertThat(prices).isEqualTo("prices");
        assertThat(umlaut).isEqualTo("aufträge/€");
        assertThat(nameOf("aufträge/€")).isSameAs(umlaut);
        assertThat(nameOf("orders")).isSameAs(orders);
        assertThat(nameOf("orders")).isSameAs(orders);
        assertThat(nameOf("prices")).isSameAs(prices);
        assertThat(nameOf("order")).isEqualTo("order");
    }

    @Test
    void staysRightWithMoreTopicsThanAreRemembered() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 40_000; i++) {
                assertThat(nameOf("topic/" + i)).isEqualTo("topic/" + i);
            }
        }
    }

    @Test
    void remembersTopicsWithTheSameHash() {
        // "Aa" and "BB" have the same hash, and so has every row of them.
        String one = nameOf("AaAaBB");
        String other = nameOf("BBAaAa");

        assertThat(one).isEqualTo("AaAaBB");
        assertThat(other).isEqualTo("BBAaAa");
        assertThat(nameOf("AaAaBB")).isSameAs(one);
    }

    @Test
    void takesAnAbsentTopicForAnEmptyOne() {
        nameOf("orders");

        assertThat(names.nameOf(new ByteSlice())).isEmpty();
        assertThat(nameOf("")).isEmpty();
    }
}
