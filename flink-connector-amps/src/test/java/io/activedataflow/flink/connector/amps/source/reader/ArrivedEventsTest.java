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

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Completed;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Persisted;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class ArrivedEventsTest {

    private final ArrivedEvents events = new ArrivedEvents();

    private static Persisted persisted(long sequence) {
        return new Persisted(new AmpsBookmark(1, sequence));
    }

    private static Completed completed(long sequence) {
        return new Completed(new AmpsBookmark(1, sequence));
    }

    @Test
    void handsEventsOutInTheirPlaces() {
        events.add(2, completed(1));
        events.add(2, persisted(2));
        events.add(5, persisted(3));

        assertThat(events.nextPosition()).isEqualTo(2);
        assertThat(events.poll(1)).isNull();
        assertThat(events.poll(2)).isEqualTo(completed(1));
        assertThat(events.poll(2)).isEqualTo(persisted(2));
        assertThat(events.nextPosition()).isEqualTo(5);
        assertThat(events.poll(4)).isNull();
        assertThat(events.poll(5)).isEqualTo(persisted(3));
        assertThat(events.nextPosition()).isEqualTo(ArrivedEvents.NONE);
        assertThat(events.poll(5)).isNull();
    }

    @Test
    void keepsTheFirstAndTheLastOfAcknowledgementsInARow() {
        for (int sequence = 1; sequence <= 1000; sequence++) {
            events.add(7, persisted(sequence));
        }

        assertThat(events.poll(7)).isEqualTo(persisted(1));
        assertThat(events.poll(7)).isEqualTo(persisted(1000));
        assertThat(events.poll(7)).isNull();
    }

    @Test
    void keepsAcknowledgementsWithSomethingBetweenThem() {
        events.add(7, persisted(1));
        events.add(7, persisted(2));
        events.add(7, completed(3));
        events.add(7, persisted(4));
        events.add(8, persisted(5));
        events.add(8, persisted(6));

        assertThat(events.poll(8)).isEqualTo(persisted(1));
        assertThat(events.poll(8)).isEqualTo(persisted(2));
        assertThat(events.poll(8)).isEqualTo(completed(3));
        assertThat(events.poll(8)).isEqualTo(persisted(4));
        assertThat(events.poll(8)).isEqualTo(persisted(5));
        assertThat(events.poll(8)).isEqualTo(persisted(6));
        assertThat(events.poll(8)).isNull();
    }

    @Test
    void losesNothingWhenARowIsHandedOutWhileItGrows() {
        events.add(7, persisted(1));
        events.add(7, persisted(2));
        assertThat(events.poll(7)).isEqualTo(persisted(1));
        events.add(7, persisted(3));
        events.add(7, persisted(4));
        assertThat(events.poll(7)).isEqualTo(persisted(2));
        assertThat(events.poll(7)).isEqualTo(persisted(4));
        events.add(7, persisted(5));
        assertThat(events.poll(7)).isEqualTo(persisted(5));
        assertThat(events.poll(7)).isNull();
    }
}
