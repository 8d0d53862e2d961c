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

package io.activedataflow.flink.connector.e2e.pipeline;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The three sources, and how the parts of orders 0, 1, 2 and so on are spread over their splits: so
 * that a part's place follows from its order alone.
 */
public enum Origin {
    REDIS(RedisInput.NAME) {

        @Override
        String split(long order) {
            return stream((int) (order % RedisInput.PARTITIONS));
        }

        @Override
        long number(long order) {
            return order / RedisInput.PARTITIONS;
        }
    },

    AMPS(AmpsInput.NAME) {

        @Override
        String split(long order) {
            return AmpsInput.PUBLISHERS.get((int) (order % AmpsInput.PUBLISHERS.size()));
        }

        @Override
        long number(long order) {
            return order / AmpsInput.PUBLISHERS.size();
        }
    },

    FILES(FilesInput.NAME) {

        @Override
        String split(long order) {
            int file = (int) (order / PARTS_PER_FILE);
            return String.format(
                    Locale.ROOT,
                    "orders-%06d.%s%s",
                    file,
                    file % 2 == 0 ? "csv" : "jsonl",
                    file % COMPRESSED_EVERY == COMPRESSED_EVERY - 1 ? ".gz" : "");
        }

        @Override
        long number(long order) {
            return order % PARTS_PER_FILE;
        }
    };

    /** How many parts a file has; the last one may have fewer. */
    static final int PARTS_PER_FILE = 250;

    private static final int COMPRESSED_EVERY = 5;

    private final String source;

    Origin(String source) {
        this.source = source;
    }

    /** What the source is called in the job. */
    public String source() {
        return source;
    }

    /** The split that has the order's part. */
    abstract String split(long order);

    /** Which one of the split it is. */
    abstract long number(long order);

    /** The streams of Redis. */
    public static List<String> streams() {
        return IntStream.range(0, RedisInput.PARTITIONS).mapToObj(Origin::stream).toList();
    }

    static String stream(int partition) {
        return RedisInput.TOPIC + '-' + partition;
    }

    static Origin of(String source) {
        for (Origin origin : values()) {
            if (origin.source.equals(source)) {
                return origin;
            }
        }
        throw new IllegalArgumentException(
                "There is no source '" + source + "'. Use redis, amps or files.");
    }
}
