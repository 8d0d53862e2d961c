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

package io.activedataflow.flink.connector.amps.source.split;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The table of publishers beside a plain map that forgets nothing. */
class PublisherPositionsModelTest {

    private static final Duration KEEP_FOR = Duration.ofMillis(1);
    private static final PublisherPruning KEEP_ALL =
            new PublisherPruning(Integer.MAX_VALUE, KEEP_FOR);

    private record Message(long publisherId, long sequence, long timestampMicros) {}

    @Provide
    Arbitrary<List<Message>> messages() {
        Arbitrary<Long> few = Arbitraries.longs().between(-3, 3);
        Arbitrary<Long> extreme = Arbitraries.of(Long.MIN_VALUE, Long.MAX_VALUE, -1L, 0L);
        Arbitrary<Long> publishers =
                Arbitraries.oneOf(few, extreme, Arbitraries.longs().between(1000, 1060));
        Arbitrary<Long> times =
                Arbitraries.oneOf(
                        Arbitraries.longs().between(0, 5000),
                        Arbitraries.just(ReplayPosition.UNKNOWN_TIME));
        return Combinators.combine(
                        publishers, Arbitraries.oneOf(few, extreme, Arbitraries.longs()), times)
                .as(Message::new)
                .list()
                .ofMaxSize(150);
    }

    @Property
    void whatHasPassedIsCoveredAndNothingElse(
            @ForAll("messages") List<Message> messages, @ForAll("messages") List<Message> asked) {
        PublisherPositions positions = empty(KEEP_ALL);
        Map<Long, PublisherPosition> model = new LinkedHashMap<>();
        for (Message message : messages) {
            assertThat(covers(positions, message)).isEqualTo(covers(model, message));
            advance(positions, model, message);
            assertThat(covers(positions, message)).isTrue();
        }
        for (Message message : asked) {
            assertThat(covers(positions, message)).isEqualTo(covers(model, message));
        }
        assertThat(positions.toList()).isEqualTo(latestFirst(model));
        assertThat(positions.size()).isEqualTo(model.size());
    }

    @Property
    void aCopyIsLikeTheOriginal(
            @ForAll("messages") List<Message> before, @ForAll("messages") List<Message> after) {
        PublisherPositions original = empty(KEEP_ALL);
        Map<Long, PublisherPosition> model = new LinkedHashMap<>();
        before.forEach(message -> advance(original, model, message));
        PublisherPositions copy =
                new PublisherPositions(original.toList(), original.latestMicros(), KEEP_ALL);
        after.forEach(message -> advance(copy, model, message));

        assertThat(copy.toList()).isEqualTo(latestFirst(model));
    }

    @Property
    void noPublisherIsForgottenBeforeItsTimeAndAllAreAfterwards(
            @ForAll("messages") List<Message> messages,
            @ForAll @IntRange(min = 1, max = 40) int keepAtLeast) {
        PublisherPositions positions = empty(new PublisherPruning(keepAtLeast, KEEP_FOR));
        Map<Long, PublisherPosition> model = new LinkedHashMap<>();
        for (Message message : messages) {
            advance(positions, model, message);
            List<PublisherPosition> known = positions.toList();
            assertThat(latestFirst(model)).containsAll(known);
            assertThat(known).containsAll(toKeep(model, keepAtLeast, positions.latestMicros()));
            model.values().retainAll(known);
        }
        positions.prune();

        List<PublisherPosition> expected = toKeep(model, keepAtLeast, positions.latestMicros());
        assertThat(positions.toList()).isEqualTo(expected);
        assertThat(positions.size()).isEqualTo(expected.size());
    }

    private static PublisherPositions empty(PublisherPruning pruning) {
        return new PublisherPositions(List.of(), ReplayPosition.UNKNOWN_TIME, pruning);
    }

    private static boolean covers(PublisherPositions positions, Message message) {
        return positions.covers(message.publisherId, message.sequence);
    }

    private static boolean covers(Map<Long, PublisherPosition> model, Message message) {
        PublisherPosition noted = model.get(message.publisherId);
        return noted != null && Long.compareUnsigned(message.sequence, noted.sequence()) <= 0;
    }

    private static void advance(
            PublisherPositions positions, Map<Long, PublisherPosition> model, Message message) {
        positions.advance(message.publisherId, message.sequence, message.timestampMicros);
        boolean covered = covers(model, message);
        PublisherPosition noted = model.remove(message.publisherId);
        model.put(
                message.publisherId,
                covered
                        ? noted
                        : new PublisherPosition(
                                message.publisherId,
                                message.sequence,
                                noted == null
                                        ? message.timestampMicros
                                        : Math.max(
                                                message.timestampMicros, noted.timestampMicros())));
    }

    private static List<PublisherPosition> latestFirst(Map<Long, PublisherPosition> model) {
        List<PublisherPosition> list = new ArrayList<>(model.values());
        Collections.reverse(list);
        return list;
    }

    private static List<PublisherPosition> toKeep(
            Map<Long, PublisherPosition> model, int keepAtLeast, long latestMicros) {
        List<PublisherPosition> kept = latestFirst(model);
        List<PublisherPosition> others =
                kept.subList(Math.min(keepAtLeast, kept.size()), kept.size());
        others.removeIf(
                position ->
                        position.timestampMicros() == ReplayPosition.UNKNOWN_TIME
                                || position.timestampMicros()
                                        < latestMicros - KEEP_FOR.toMillis() * 1000);
        return kept;
    }
}
