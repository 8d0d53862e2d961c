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

package io.activedataflow.flink.connector.e2e.benchmarks;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A stream of entries with 100 bytes of values each, which begin with the entry's number. IDs have
 * a fixed length, so that a reader that looks at no entry can still tell where a reply ends.
 *
 * @param fields how many fields share the 100 bytes
 */
record Dataset(int fields, long entries) {

    static final int VALUE_BYTES = 100;

    private static final long FIRST_MILLISECOND = 1_700_000_000_000L;
    private static final int NUMBER_DIGITS = 16;
    private static final int ENTRIES_PER_PIPELINE = 1000;

    Dataset {
        if (fields < 1 || fields > VALUE_BYTES / NUMBER_DIGITS) {
            throw new IllegalArgumentException(
                    "benchmarks.fields is " + fields + "; it must be between 1 and 6.");
        }
    }

    String key() {
        return "benchmark-" + fields;
    }

    List<String> fieldNames() {
        return fields == 1
                ? List.of("value")
                : IntStream.rangeClosed(1, fields).mapToObj(n -> "field" + n).toList();
    }

    /** The ID of the n-th entry, counted from 0. */
    StreamEntryID id(long n) {
        return new StreamEntryID(FIRST_MILLISECOND + n, 0);
    }

    /** What each value of the n-th entry begins with. */
    String number(long n) {
        String digits = Long.toString(n);
        return "0".repeat(NUMBER_DIGITS - digits.length()) + digits;
    }

    void fill(String host, int port) {
        byte[] key = key().getBytes(StandardCharsets.UTF_8);
        List<byte[]> names =
                fieldNames().stream().map(s -> s.getBytes(StandardCharsets.UTF_8)).toList();
        String padding = "x".repeat(VALUE_BYTES / fields - NUMBER_DIGITS);
        try (Jedis jedis = new Jedis(host, port);
                Pipeline pipeline = jedis.pipelined()) {
            for (long n = 0; n < entries; n++) {
                byte[] value = (number(n) + padding).getBytes(StandardCharsets.US_ASCII);
                Map<byte[], byte[]> entry = new LinkedHashMap<>();
                names.forEach(name -> entry.put(name, value));
                pipeline.xadd(key, XAddParams.xAddParams().id(id(n)), entry);
                if (n % ENTRIES_PER_PIPELINE == ENTRIES_PER_PIPELINE - 1) {
                    pipeline.sync();
                }
            }
        }
    }
}
