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

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

import java.util.Arrays;
import java.util.Random;

/** Splits of all kinds, and damaged bytes, for property tests. */
public final class SplitStrategies {

    private SplitStrategies() {}

    public static Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withCharRange('\u0000', '\ud7ff')
                .withCharRange('\ue000', '\uffff')
                .ofMaxLength(40);
    }

    public static Arbitrary<AmpsSplit> splits() {
        return Combinators.combine(
                        Combinators.combine(texts(), booleans()).as(AmpsTopic::new),
                        shards(),
                        Arbitraries.of(AmpsSubscriptionKind.class),
                        texts(),
                        positions(),
                        Combinators.combine(texts(), booleans(), texts().injectNull(0.5))
                                .as(ReplayEnd::new)
                                .injectNull(0.3),
                        Arbitraries.longs().greaterOrEqual(AmpsSplit.UNLIMITED),
                        texts().injectNull(0.5))
                .as(AmpsSplit::new)
                .flatMap(SplitStrategies::withAnyState);
    }

    private static Arbitrary<AmpsSplit> withAnyState(AmpsSplit split) {
        if (split.kind() == AmpsSubscriptionKind.QUEUE) {
            return Arbitraries.longs()
                    .list()
                    .ofMaxSize(6)
                    .filter(list -> list.size() % 2 == 0)
                    .map(list -> list.stream().mapToLong(Long::longValue).toArray())
                    .map(numbers -> new KindState.Unacknowledged(BookmarkList.of(numbers)))
                    .map(split::withKindState);
        }
        return split.kindState() instanceof KindState.Snapshot
                ? Combinators.combine(booleans(), keys())
                        .as(KindState.Snapshot::new)
                        .map(split::withKindState)
                : Arbitraries.just(split);
    }

    private static Arbitrary<SowKeys> keys() {
        Arbitrary<SowKeys.OfTopic> ofTopic =
                Combinators.combine(
                                Arbitraries.longs()
                                        .list()
                                        .ofMaxSize(5)
                                        .map(
                                                list ->
                                                        list.stream()
                                                                .mapToLong(Long::longValue)
                                                                .toArray()),
                                texts().list().ofMaxSize(3))
                        .as(SowKeys.OfTopic::new);
        return Arbitraries.maps(texts(), ofTopic).ofMaxSize(3).map(SowKeys::new);
    }

    private static Arbitrary<Boolean> booleans() {
        return Arbitraries.of(true, false);
    }

    private static Arbitrary<AmpsShard> shards() {
        return Arbitraries.integers()
                .between(2, Integer.MAX_VALUE)
                .flatMap(
                        count ->
                                Combinators.combine(
                                                Arbitraries.integers().between(0, count - 1),
                                                texts())
                                        .as((index, by) -> new AmpsShard(index, count, by)))
                .injectNull(0.5)
                .map(shard -> shard == null ? AmpsShard.WHOLE : shard);
    }

    private static Arbitrary<ReplayPosition> positions() {
        Arbitrary<AmpsBookmark> bookmarks =
                Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(AmpsBookmark::new);
        Arbitrary<PublisherPosition> publishers =
                Combinators.combine(Arbitraries.longs(), Arbitraries.longs(), Arbitraries.longs())
                        .as(PublisherPosition::new);
        return Combinators.combine(
                        texts(),
                        bookmarks.injectNull(0.3),
                        booleans(),
                        Arbitraries.longs(),
                        publishers.list().ofMaxSize(5))
                .as(
                        (server, bookmark, idle, time, list) ->
                                new ReplayPosition(
                                        bookmark == null ? null : server,
                                        bookmark,
                                        bookmark != null && idle,
                                        time,
                                        list));
    }

    /** The bytes with some of them changed, cut off or added. */
    public static byte[] damage(byte[] bytes, long seed) {
        Random random = new Random(seed);
        byte[] damaged =
                Arrays.copyOf(
                        bytes,
                        random.nextBoolean() ? bytes.length : random.nextInt(bytes.length + 16));
        for (int i = random.nextInt(4); i > 0 && damaged.length > 0; i--) {
            damaged[random.nextInt(damaged.length)] =
                    (byte) (random.nextBoolean() ? random.nextInt() : 0xff);
        }
        return damaged;
    }
}
