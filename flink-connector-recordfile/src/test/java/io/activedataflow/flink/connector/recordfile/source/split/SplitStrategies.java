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

package io.activedataflow.flink.connector.recordfile.source.split;

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;
import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit.Kind;

import org.apache.flink.core.fs.Path;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

    /** Paths as users write them, and as the local file system lists them. */
    public static Arbitrary<Path> paths() {
        Arbitrary<String> names = texts().filter(name -> name.indexOf('\u0000') < 0);
        return Arbitraries.oneOf(
                names.map(name -> new Path("s3://bucket_1/a" + name)),
                names.map(name -> new Path(new File("/data/a" + name).toURI())));
    }

    public static Arbitrary<RecordFileIdentity> identities() {
        return Combinators.combine(
                        Arbitraries.longs().greaterOrEqual(0),
                        Arbitraries.longs(),
                        Arbitraries.integers().between(-1, RecordFileIdentity.HEAD_BYTES),
                        Arbitraries.integers())
                .as(RecordFileIdentity::new);
    }

    public static Arbitrary<RecordFilePosition> positions() {
        Arbitrary<Long> some = Arbitraries.longs().greaterOrEqual(0);
        Arbitrary<Long> orUnknown = Arbitraries.longs().greaterOrEqual(-1);
        return Combinators.combine(some, some, some, some, orUnknown, orUnknown)
                .as(RecordFilePosition::new);
    }

    public static Arbitrary<RecordFileSplit> splits() {
        Arbitrary<Long> ranges = Arbitraries.longs().between(0, Long.MAX_VALUE / 2);
        return Combinators.combine(
                        texts(),
                        paths(),
                        Combinators.combine(ranges, ranges).as(List::of),
                        Arbitraries.of(Kind.class),
                        identities(),
                        positions(),
                        Arbitraries.longs().greaterOrEqual(0),
                        Combinators.combine(
                                        texts(),
                                        texts().list().ofMaxSize(3),
                                        positions().optional())
                                .as(List::of))
                .as(
                        (id, path, range, kind, identity, position, malformed, rest) ->
                                new RecordFileSplit(
                                        id,
                                        path,
                                        range.get(0),
                                        range.get(1),
                                        kind,
                                        identity,
                                        position,
                                        malformed,
                                        (String) rest.get(0),
                                        ((Optional<?>) rest.get(2))
                                                .map(RecordFilePosition.class::cast)
                                                .orElse(null),
                                        ((List<?>) rest.get(1)).toArray(String[]::new)));
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
