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

package io.activedataflow.flink.connector.redis.source;

import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;

import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The partitions of a topic, each a stream of its own; made by {@link
 * RedisStreamsSelection#topic(String)} and {@link RedisStreamsSelection#topic(String, int)}.
 *
 * @param name the topic's name
 * @param partitions how many partitions there are, or {@link #DISCOVERED}
 * @param keyTemplate how the key of a partition is made, see {@link #withKeyTemplate}
 */
@PublicEvolving
public record RedisStreamsTopic(String name, int partitions, String keyTemplate)
        implements RedisStreamsSelection {

    private static final long serialVersionUID = 1L;

    /** Stands for a number of partitions that is found out by asking the server. */
    public static final int DISCOVERED = -1;

    /** Makes keys like {@code orders-3}. */
    public static final String DEFAULT_KEY_TEMPLATE = "<topic>-<partition>";

    private static final String TOPIC = "<topic>";
    private static final String PARTITION = "<partition>";

    public RedisStreamsTopic {
        Keys.requireKey("topic()", name);
        Keys.requireKey("withKeyTemplate()", keyTemplate);
        requireOnce(keyTemplate, TOPIC);
        requireOnce(keyTemplate, PARTITION);
        if (partitions < 1 && partitions != DISCOVERED) {
            throw new IllegalArgumentException(
                    "The topic '" + name + "' cannot have " + partitions + " partitions.");
        }
    }

    private static void requireOnce(String template, String placeholder) {
        int first = template.indexOf(placeholder);
        if (first < 0 || first != template.lastIndexOf(placeholder)) {
            throw new IllegalArgumentException(
                    "The key template '"
                            + template
                            + "' must contain "
                            + placeholder
                            + " exactly once, as '"
                            + DEFAULT_KEY_TEMPLATE
                            + "' does.");
        }
    }

    /**
     * The same topic with other keys. The template contains {@code <topic>} and {@code <partition>}
     * once each; everything else stands for itself, braces included, so that hash tags of a cluster
     * can be written: {@code <topic>-{<partition>}} makes {@code orders-{3}}, and {@code
     * <topic>:<partition>} makes {@code orders:3}. Partition numbers are decimal, without sign or
     * leading zeros.
     */
    public RedisStreamsTopic withKeyTemplate(String template) {
        return new RedisStreamsTopic(name, partitions, template);
    }

    /** Whether the number of partitions is found out by asking the server. */
    public boolean isDiscovered() {
        return partitions == DISCOVERED;
    }

    /** The key of a partition. */
    public String keyOf(int partition) {
        return prefix() + partition + suffix();
    }

    /** The keys of all partitions in order; empty if they have to be discovered. */
    public List<String> fixedKeys() {
        return IntStream.range(0, Math.max(0, partitions)).mapToObj(this::keyOf).toList();
    }

    /** A glob pattern for {@code SCAN} that lets through all partitions, and little else. */
    @Internal
    public String scanPattern() {
        return RedisGlob.escape(prefix()) + "[0-9]*" + RedisGlob.escape(suffix());
    }

    @Override
    public boolean selects(String streamKey) {
        return partitionOf(streamKey) != RedisStreamsSplit.NO_PARTITION;
    }

    @Override
    public int partitionOf(String streamKey) {
        String prefix = prefix();
        String suffix = suffix();
        int digits = streamKey.length() - prefix.length() - suffix.length();
        if (digits < 1 || !streamKey.startsWith(prefix) || !streamKey.endsWith(suffix)) {
            return RedisStreamsSplit.NO_PARTITION;
        }
        int number = decimal(streamKey, prefix.length(), prefix.length() + digits);
        return isDiscovered() || number < partitions ? number : RedisStreamsSplit.NO_PARTITION;
    }

    /** The number written there, or -1 unless it is written as {@link #keyOf} would. */
    private static int decimal(String text, int from, int to) {
        if (text.charAt(from) == '0' && to - from > 1) {
            return RedisStreamsSplit.NO_PARTITION;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            value = 10 * value + (c - '0');
            if (c < '0' || c > '9' || value > Integer.MAX_VALUE) {
                return RedisStreamsSplit.NO_PARTITION;
            }
        }
        return (int) value;
    }

    private String prefix() {
        return fill(keyTemplate.substring(0, keyTemplate.indexOf(PARTITION)));
    }

    private String suffix() {
        return fill(keyTemplate.substring(keyTemplate.indexOf(PARTITION) + PARTITION.length()));
    }

    private String fill(String part) {
        return part.replace(TOPIC, name);
    }

    @Override
    public String toString() {
        return "topic '"
                + name
                + "' ("
                + (isDiscovered() ? "partitions discovered" : partitions + " partitions")
                + ", keys like '"
                + keyOf(0)
                + "')";
    }
}
