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

package io.activedataflow.flink.connector.recordfile.source.enumerator.discovery;

import io.activedataflow.flink.connector.recordfile.source.RecordFileDiscoveryMode;
import io.activedataflow.flink.connector.recordfile.source.split.StateReader;
import io.activedataflow.flink.connector.recordfile.source.split.StateWriter;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import static io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.Ledgers.bytes;
import static io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.Ledgers.file;
import static io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.Ledgers.listing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The bytes of the state. */
@Timeout(60)
class DiscoveryStateTest {

    private static final List<RecordFileDiscoveryMode> MODES =
            List.of(
                    RecordFileDiscoveryMode.watermark(),
                    RecordFileDiscoveryMode.ordered(1),
                    RecordFileDiscoveryMode.full());

    private static DiscoveryLedger ledger(RecordFileDiscoveryMode mode) {
        Ledgers settings = new Ledgers();
        settings.mode = mode;
        DiscoveryLedger ledger = settings.ledger();
        ListedFile waiting = file("w", 1).with(false, List.of(), List.of());
        ledger.apply(listing(waiting, file("x", 1), file("y", 5_000_000)), 10_000_000);
        return ledger;
    }

    @Test
    void comesBackAsItWas() throws IOException {
        for (RecordFileDiscoveryMode mode : MODES) {
            DiscoveryLedger ledger = ledger(mode);

            DiscoveryState state = Ledgers.state(bytes(ledger));

            assertThat(state).isEqualTo(ledger.snapshot());
            assertThat(state.roots()).isNotEmpty();
        }
        StateWriter out = new StateWriter();
        DiscoveryState.EMPTY.writeTo(out);
        assertThat(Ledgers.state(out.toByteArray())).isEqualTo(DiscoveryState.EMPTY);
    }

    @Test
    void anyShorterBytesAreRefused() throws IOException {
        for (RecordFileDiscoveryMode mode : MODES) {
            byte[] bytes = bytes(ledger(mode));
            for (int length = 0; length < bytes.length; length++) {
                byte[] shorter = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> Ledgers.state(shorter)).isInstanceOf(IOException.class);
            }
        }
    }

    @Property(tries = 2000)
    void garbageIsRefusedOrIsAState(@ForAll byte[] garbage) {
        try {
            DiscoveryState.readFrom(new StateReader("discovery state", garbage));
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("discovery state");
        }
    }
}
