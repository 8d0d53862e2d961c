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

import io.activedataflow.flink.connector.recordfile.client.FileRetrySettings;
import io.activedataflow.flink.connector.recordfile.source.RecordFileChangePolicy;
import io.activedataflow.flink.connector.recordfile.source.RecordFileCompleteness;
import io.activedataflow.flink.connector.recordfile.source.RecordFileDiscoveryMode;
import io.activedataflow.flink.connector.recordfile.source.RecordFileLatePolicy;
import io.activedataflow.flink.connector.recordfile.source.RecordFileOrder;
import io.activedataflow.flink.connector.recordfile.source.RecordFileSelection;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.SimulatedFiles.Version;
import io.activedataflow.flink.connector.recordfile.source.split.StateReader;
import io.activedataflow.flink.connector.recordfile.source.split.StateWriter;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** The ledger against what the modes promise, under whatever may happen to files. */
@Timeout(120)
class DiscoveryLedgerPropertyTest {

    private static final int NAMES = 12;
    private static final int OVERHEAD = 200;

    private enum Kind {
        WRITE,
        WRITE_NOW,
        TOUCH_BACK,
        TOUCH_FORWARD,
        DELETE,
        RENAME,
        WAIT,
        ROUND,
        CHECKPOINT,
        RESTORE
    }

    /** Something that happens; what the numbers mean depends on the kind. */
    private record Action(Kind kind, int file, int amount) {

        String name() {
            return "f" + (char) ('a' + file);
        }

        String otherName() {
            return "f" + (char) ('a' + (file + 1 + amount % (NAMES - 1)) % NAMES);
        }
    }

    @Provide
    Arbitrary<List<Action>> actions() {
        Arbitrary<Kind> kinds =
                Arbitraries.frequency(
                        Tuple.of(3, Kind.WRITE),
                        Tuple.of(5, Kind.WRITE_NOW),
                        Tuple.of(1, Kind.TOUCH_BACK),
                        Tuple.of(1, Kind.TOUCH_FORWARD),
                        Tuple.of(1, Kind.DELETE),
                        Tuple.of(1, Kind.RENAME),
                        Tuple.of(4, Kind.WAIT),
                        Tuple.of(6, Kind.ROUND),
                        Tuple.of(2, Kind.CHECKPOINT),
                        Tuple.of(1, Kind.RESTORE));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, NAMES - 1),
                        Arbitraries.integers().between(0, 40))
                .as(Action::new)
                .list()
                .ofMaxSize(120);
    }

    @Provide
    Arbitrary<RecordFileDiscoveryMode> modes() {
        return Arbitraries.oneOf(
                Arbitraries.integers()
                        .between(0, 40)
                        .map(t -> RecordFileDiscoveryMode.watermark(Duration.ofMillis(t))),
                Arbitraries.integers().between(0, 4).map(RecordFileDiscoveryMode::ordered),
                Arbitraries.just(RecordFileDiscoveryMode.full()));
    }

    /** With limits on the rounds, or files that have to be stable: see the model. */
    @Property(tries = 1500)
    void nothingIsLostAndNothingHandedOutTwice(
            @ForAll("modes") RecordFileDiscoveryMode mode,
            @ForAll RecordFileOrder order,
            @ForAll boolean stable,
            @ForAll("limits") int limit,
            @ForAll("actions") List<Action> actions)
            throws IOException {
        FileDiscoverySettings settings = settings(mode, order, stable, stable ? 99 : limit, false);
        SimulatedFiles files = new SimulatedFiles();
        DiscoveryLedger ledger = new DiscoveryLedger(settings, DiscoveryState.EMPTY);
        DiscoveryModel model = new DiscoveryModel(mode, stable ? 1 : 0);
        byte[] state = bytes(ledger);
        DiscoveryModel modelState = model.atCheckpoint();
        long now = 1000;
        for (Action action : actions) {
            switch (action.kind()) {
                case WAIT -> now += action.amount();
                case ROUND -> round(ledger, model, files, now);
                case CHECKPOINT -> {
                    state = bytes(ledger);
                    modelState = model.atCheckpoint();
                    assertThat(state.length)
                            .isLessThanOrEqualTo(
                                    FileEntries.BYTES_EACH * model.remembered()
                                            + 16 * model.waiting()
                                            + OVERHEAD);
                }
                case RESTORE -> {
                    ledger = new DiscoveryLedger(settings, state(state));
                    model = modelState.atCheckpoint();
                }
                default -> change(files, action, now);
            }
        }
        for (int i = 0; i <= 2 * NAMES; i++) {
            round(ledger, model, files, now);
        }
        model.checkNothingLost(files.all());
    }

    @Provide
    Arbitrary<Integer> limits() {
        return Arbitraries.of(1, 3, 99);
    }

    private static void round(
            DiscoveryLedger ledger, DiscoveryModel model, SimulatedFiles files, long now) {
        List<Version> listed = files.all();
        model.check(listed, ledger.apply(files.listing(false), now), now);
    }

    /** A content is handed out once, under whatever name, as long as it is remembered. */
    @Property(tries = 1000)
    void renamesAreRecognisedByContent(@ForAll("actions") List<Action> actions) throws IOException {
        FileDiscoverySettings settings =
                settings(
                        RecordFileDiscoveryMode.full(),
                        RecordFileOrder.MODIFICATION_TIME,
                        false,
                        99,
                        true);
        SimulatedFiles files = new SimulatedFiles();
        DiscoveryLedger ledger = new DiscoveryLedger(settings, DiscoveryState.EMPTY);
        Set<Long> handedOut = new HashSet<>();
        byte[] state = bytes(ledger);
        Set<Long> handedOutAtCheckpoint = Set.of();
        long now = 1000;
        for (Action action : actions) {
            switch (action.kind()) {
                case WAIT -> now += action.amount();
                case ROUND -> contents(ledger.apply(files.listing(true), now), handedOut);
                case CHECKPOINT -> {
                    state = bytes(ledger);
                    handedOutAtCheckpoint = new HashSet<>(handedOut);
                }
                case RESTORE -> {
                    ledger = new DiscoveryLedger(settings, state(state));
                    handedOut = new HashSet<>(handedOutAtCheckpoint);
                }
                default -> change(files, action, now);
            }
        }
        contents(ledger.apply(files.listing(true), now), handedOut);
        contents(ledger.apply(files.listing(true), now), handedOut);
        for (Version file : files.all()) {
            assertThat(handedOut).contains(file.number());
        }
    }

    private static void contents(DiscoveryRound round, Set<Long> handedOut) {
        for (ListedFile file : round.toRead()) {
            assertThat(handedOut.add(file.content())).as("%s once", file).isTrue();
        }
    }

    private static void change(SimulatedFiles files, Action action, long now) {
        switch (action.kind()) {
            case WRITE -> files.write(action.name(), now - action.amount());
            case WRITE_NOW -> files.write(action.name(), now);
            case TOUCH_BACK -> files.touch(action.name(), now - 3L * action.amount());
            case TOUCH_FORWARD -> files.touch(action.name(), now + action.amount());
            case DELETE -> files.delete(action.name());
            case RENAME -> files.rename(action.name(), action.otherName());
            default -> throw new IllegalArgumentException(action.toString());
        }
    }

    private static FileDiscoverySettings settings(
            RecordFileDiscoveryMode mode,
            RecordFileOrder order,
            boolean stable,
            int limit,
            boolean content) {
        return new FileDiscoverySettings(
                false,
                RecordFileSelection.of(SimulatedFiles.ROOT),
                mode,
                order,
                RecordFileCompleteness.atOnce().withStableListings(stable ? 2 : 1),
                RecordFileLatePolicy.READ,
                RecordFileChangePolicy.RESTART,
                content,
                limit,
                Long.MAX_VALUE,
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                FileRetrySettings.DEFAULT);
    }

    private static byte[] bytes(DiscoveryLedger ledger) throws IOException {
        StateWriter out = new StateWriter();
        ledger.snapshot().writeTo(out);
        return out.toByteArray();
    }

    private static DiscoveryState state(byte[] bytes) throws IOException {
        StateReader in = new StateReader("discovery state", bytes);
        DiscoveryState state = DiscoveryState.readFrom(in);
        in.requireEnd();
        return state;
    }
}
