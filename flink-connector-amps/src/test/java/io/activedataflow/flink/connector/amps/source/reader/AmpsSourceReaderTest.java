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

import io.activedataflow.flink.connector.amps.source.AmpsSharding;
import io.activedataflow.flink.connector.amps.source.AmpsTopicSelection;
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsDeserializationSchema;
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsMessage;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.NothingToReadEvent;
import io.activedataflow.flink.connector.amps.source.split.RestoredSplitsEvent;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.testutils.source.reader.TestingReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.util.Collector;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import static io.activedataflow.flink.connector.amps.source.reader.FakeServers.A;
import static io.activedataflow.flink.connector.amps.source.reader.FakeServers.fatal;
import static io.activedataflow.flink.connector.amps.source.reader.TestSplits.fresh;
import static io.activedataflow.flink.connector.amps.source.reader.TestSplits.readTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The reader as Flink sees it, with its own fetcher thread; the test is the task thread. */
@Timeout(60)
class AmpsSourceReaderTest {

    private final FakeServers servers = new FakeServers();
    private final TestingReaderContext context = new TestingReaderContext();
    private final Output output = new Output();
    private AmpsSourceReader<StringBuilder> reader;

    @AfterEach
    void close() throws Exception {
        if (reader != null) {
            reader.close();
            reader = null;
        }
        assertThat(servers.openConnections()).isEmpty();
    }

    // ------------------------------------------------------------------------ restored splits

    @Test
    void reportsTheSplitsItWasRestoredWith() throws Exception {
        reader = create(Map.of());
        reader.addSplits(List.of(fresh("orders"), fresh("gone"), fresh("trades")));
        reader.start();
        reader.addSplits(List.of(fresh("quotes")));

        assertThat(events()).containsExactly(new RestoredSplitsEvent(List.of("orders", "trades")));
        assertThat(checkpoint())
                .extracting(AmpsSplit::splitId)
                .containsExactlyInAnyOrder("orders", "trades", "quotes");
    }

    @Test
    void reportsThatItWasRestoredWithNothing() throws Exception {
        reader = create(Map.of());
        reader.start();

        assertThat(events()).containsExactly(new RestoredSplitsEvent(List.of()));
    }

    @Test
    void positionsGivenByHandReplaceThoseOfTheState() throws Exception {
        reader = create(Map.of("orders", "1|3|"));
        reader.addSplits(List.of(readTo("orders", A, 0, "1|5|")));
        reader.start();
        awaitSubscriptions(1);

        assertThat(servers.subscriptions().get(0).bookmark()).isEqualTo("1|3|");
    }

    // ------------------------------------------------------------------------ watermarks

    /** Flink has opened an output for each of them, and waits for records from all. */
    @Test
    void aSplitThatIsDroppedHoldsNoWatermarkBack() throws Exception {
        reader = create(Map.of());
        reader.addSplits(List.of(fresh("orders"), fresh("gone"), fresh("trades")));
        reader.start();
        reader.pollNext(output);
        reader.pollNext(output);

        assertThat(output.released).containsExactly("gone");
    }

    @Test
    void aReaderThatGetsNothingIsIdleUntilItGetsASplit() throws Exception {
        reader = create(Map.of());
        reader.start();
        reader.pollNext(output);
        assertThat(output.marks).isEmpty();
        reader.handleSourceEvents(new NothingToReadEvent());
        assertThat(output.marks).containsOnly("idle");
        output.marks.clear();
        reader.addSplits(List.of(fresh("orders")));

        assertThat(output.marks).containsExactly("active");
    }

    @Test
    void aReaderWithASplitIsNotIdle() throws Exception {
        reader = create(Map.of());
        reader.start();
        reader.addSplits(List.of(fresh("orders")));
        reader.pollNext(output);
        reader.handleSourceEvents(new NothingToReadEvent());

        assertThat(output.marks).isEmpty();
    }

    @Test
    void unknownEventsAreRefused() throws Exception {
        reader = create(Map.of());

        assertThatThrownBy(() -> reader.handleSourceEvents(new RestoredSplitsEvent(List.of())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // ------------------------------------------------------------------------ emitting

    @Test
    void aMessageMovesThePositionOnceHoweverManyElementsItYields() throws Exception {
        AmpsSplit split = started(fresh("orders").withRemaining(10));
        FakeSubscription first = servers.subscriptions().get(0);
        first.send(words("a b c", "1|1|")).send(words("", "1|2|")).send(words("d", "1|3|"));
        pollUntil(() -> output.elements.size() == 4);

        assertThat(output.elements).containsExactly("a", "b", "c", "d");
        assertThat(checkpoint().get(0).position().bookmark()).hasToString("1|3|");
        assertThat(checkpoint().get(0).remaining()).isEqualTo(split.remaining() - 3);
    }

    @Test
    void aMessageWithoutElementsMovesThePosition() throws Exception {
        started(fresh("orders"));
        servers.subscriptions().get(0).send(words("", "1|1|"));

        pollUntil(() -> checkpoint().get(0).position().bookmark() != null);
        assertThat(output.elements).isEmpty();
    }

    @Test
    void aCheckpointHoldsWhatWasEmittedAndNotMore() throws Exception {
        started(fresh("orders", "9|1|"));
        servers.subscriptions()
                .get(0)
                .send(words("a", "1|1|"))
                .completed("9|2|")
                .send(words("b", "1|2|"))
                .persisted("9|3|")
                .persisted("9|4|");
        List<String> seen = new ArrayList<>();
        while (seen.isEmpty() || !seen.get(seen.size() - 1).equals("9|4| idle after b")) {
            AmpsSplit now = checkpoint().get(0);
            String last = output.elements.isEmpty() ? "nothing" : output.lastElement();
            String line =
                    now.resumePoint().replace(" of " + A.text(), "")
                            + (now.position().idle() ? " idle" : "")
                            + " after "
                            + last;
            if (seen.isEmpty() || !line.equals(seen.get(seen.size() - 1))) {
                seen.add(line);
            }
            pollOnce();
        }

        assertThat(seen)
                .containsSubsequence("9|1| after nothing", "1|1| after a", "1|2| after b")
                .allMatch(
                        line ->
                                List.of(
                                                "9|1| after nothing",
                                                "1|1| after a",
                                                "9|2| idle after a",
                                                "1|2| after b",
                                                "9|4| idle after b")
                                        .contains(line));
    }

    @Test
    void anErrorOfTheFetcherFailsTheTask() throws Exception {
        servers.a().failToOpen(fatal("wrong password"));
        reader = create(Map.of());
        reader.start();
        reader.addSplits(List.of(fresh("orders")));

        assertThatThrownBy(() -> pollUntil(() -> false)).hasStackTraceContaining("wrong password");
    }

    @Test
    void endsWithItsSplits() throws Exception {
        started(fresh("orders").withRemaining(1));
        servers.subscriptions().get(0).send(words("a", "1|1|"));
        reader.notifyNoMoreSplits();
        InputStatus status = InputStatus.NOTHING_AVAILABLE;
        while (status != InputStatus.END_OF_INPUT) {
            status = pollOnce();
        }

        assertThat(output.elements).containsExactly("a");
        assertThat(checkpoint()).isEmpty();
    }

    // ------------------------------------------------------------------------ closing

    @Test
    void closesWhileServersAreSilentAndNothingIsPolled() throws Exception {
        servers.a().isSilent();
        reader = create(Map.of());
        reader.start();
        reader.addSplits(List.of(fresh("orders"), fresh("trades")));
        until(() -> servers.connections().size() == 2);
        close();

        assertThat(servers.openConnections()).isEmpty();
    }

    @Test
    void closesWhileTheTaskHoldsEverythingBack() throws Exception {
        started(fresh("orders"));
        FakeSubscription first = servers.subscriptions().get(0);
        Thread client =
                new Thread(
                        () -> {
                            for (int i = 1; !first.connection().isClosed(); i++) {
                                first.send(words("a", "1|" + i + "|"));
                            }
                        });
        client.start();
        SubscriptionBuffer buffer = (SubscriptionBuffer) first.handler();
        until(buffer::isBlocked);
        close();

        client.join();
        assertThat(servers.openConnections()).isEmpty();
    }

    // ------------------------------------------------------------------------ helpers

    private AmpsSourceReader<StringBuilder> create(Map<String, String> overrides) throws Exception {
        try (ReaderFixture defaults = new ReaderFixture()) {
            return new AmpsSourceReaderFactory<>(
                            servers,
                            defaults.options(),
                            AmpsTopicSelection.topics("orders", "trades", "quotes"),
                            AmpsSharding.NONE,
                            overrides,
                            new WordsSchema(),
                            AmpsMalformedPolicy.fail())
                    .create(context);
        }
    }

    /** A reader with a split that is subscribed to. */
    private AmpsSplit started(AmpsSplit split) throws Exception {
        reader = create(Map.of());
        reader.start();
        reader.addSplits(List.of(split));
        awaitSubscriptions(1);
        return split;
    }

    private void awaitSubscriptions(int count) {
        until(() -> servers.subscriptions().size() == count);
    }

    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            requireTime();
            LockSupport.parkNanos(100_000L);
        }
    }

    private void pollUntil(BooleanSupplier condition) throws Exception {
        while (!condition.getAsBoolean()) {
            pollOnce();
        }
    }

    private InputStatus pollOnce() throws Exception {
        requireTime();
        InputStatus status = reader.pollNext(output);
        if (status == InputStatus.NOTHING_AVAILABLE) {
            LockSupport.parkNanos(100_000L);
        }
        return status;
    }

    /** The time-out of a test interrupts it. */
    private static void requireTime() {
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("Waited in vain.");
        }
    }

    private List<AmpsSplit> checkpoint() {
        return reader.snapshotState(1L);
    }

    private List<SourceEvent> events() {
        return context.getSentEvents();
    }

    private static TestDelivery words(String body, String bookmark) {
        return TestDelivery.of(body).bookmark(bookmark).timestamp(FakeSubscription.time(1));
    }

    /** Yields the words of a message; where there is one only, always in the same object. */
    private static final class WordsSchema implements AmpsDeserializationSchema<StringBuilder> {

        private static final long serialVersionUID = 1L;

        private final StringBuilder reused = new StringBuilder();

        @Override
        public void deserialize(AmpsMessage message, Collector<StringBuilder> out) {
            String[] words = new String(message.body(), StandardCharsets.UTF_8).split(" ");
            for (String word : words) {
                if (words.length == 1 && !word.isEmpty()) {
                    reused.setLength(0);
                    out.collect(reused.append(word));
                } else if (!word.isEmpty()) {
                    out.collect(new StringBuilder(word));
                }
            }
        }

        @Override
        public TypeInformation<StringBuilder> getProducedType() {
            return Types.GENERIC(StringBuilder.class);
        }
    }

    private static final class Output implements ReaderOutput<StringBuilder> {

        private final List<String> elements = new ArrayList<>();
        private final List<String> marks = new ArrayList<>();
        private final List<String> released = new ArrayList<>();

        private String lastElement() {
            return elements.get(elements.size() - 1);
        }

        @Override
        public void collect(StringBuilder element) {
            elements.add(element.toString());
        }

        @Override
        public void collect(StringBuilder element, long timestamp) {
            elements.add(element.toString());
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            throw new AssertionError(watermark);
        }

        @Override
        public void markIdle() {
            marks.add("idle");
        }

        @Override
        public void markActive() {
            marks.add("active");
        }

        @Override
        public SourceOutput<StringBuilder> createOutputForSplit(String splitId) {
            return this;
        }

        @Override
        public void releaseOutputForSplit(String splitId) {
            released.add(splitId);
        }
    }
}
