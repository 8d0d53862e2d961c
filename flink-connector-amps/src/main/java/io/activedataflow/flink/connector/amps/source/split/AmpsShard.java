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

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.Serializable;

/**
 * One of several disjoint parts of a topic that together are all of it.
 *
 * @param index from 0
 * @param count how many parts there are; 1 if the topic is not sharded
 * @param expression the expression of the content filter language whose checksum tells the shard,
 *     such as {@code /customerId} or {@code BOOKMARK()}; null if the topic is not sharded
 */
@Internal
public record AmpsShard(int index, int count, @Nullable String expression)
        implements Serializable, Comparable<AmpsShard> {

    private static final long serialVersionUID = 1L;

    /** Stands for no parts, but for subscriptions that compete for the messages of a queue. */
    public static final String COMPETING = "*";

    /** All of the topic. */
    public static final AmpsShard WHOLE = new AmpsShard(0, 1, null);

    public AmpsShard {
        if (count < 1 || index < 0 || index >= count || (count > 1) != (expression != null)) {
            throw new IllegalArgumentException(
                    "There is no shard " + index + " of " + count + " by " + expression + '.');
        }
    }

    /**
     * The content filter that lets through this shard and nothing else, or null if it is all of the
     * topic. The checksum of NULL is a constant, so that messages without the field lie in exactly
     * one shard; the absolute value guards against a signed checksum.
     */
    @Nullable
    public String filter() {
        return count == 1 || isCompeting()
                ? null
                : "(ABS(CRC32(" + expression + ")) % " + count + ") = " + index;
    }

    /** This shard of what a filter of the user's lets through; either may be null. */
    @Nullable
    public String filter(@Nullable String userFilter) {
        String own = filter();
        if (own == null || userFilter == null) {
            return own == null ? userFilter : own;
        }
        return '(' + userFilter + ") AND (" + own + ')';
    }

    /** Whether this is one of several subscriptions that compete for the same messages. */
    public boolean isCompeting() {
        return COMPETING.equals(expression);
    }

    @Override
    public int compareTo(AmpsShard other) {
        int byCount = Integer.compare(count, other.count);
        return byCount != 0 ? byCount : Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        if (isCompeting()) {
            return index + "/" + count + " competing";
        }
        return count == 1 ? "whole" : index + "/" + count + " by " + expression;
    }
}
