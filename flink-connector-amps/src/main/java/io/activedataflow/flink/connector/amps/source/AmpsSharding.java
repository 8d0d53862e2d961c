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

package io.activedataflow.flink.connector.amps.source;

import io.activedataflow.flink.connector.amps.source.split.AmpsShard;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/**
 * Into how many shards each topic is cut, and by what.
 *
 * @param count the number of shards, 1 for none
 * @param expression as in {@link AmpsShard}; null for none
 */
@Internal
public record AmpsSharding(int count, @Nullable String expression) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Every shard is a connection, and a pass of the server over the log. */
    static final int MOST_SHARDS = 1024;

    private static final String BOOKMARK = "BOOKMARK()";
    private static final String SOW_KEY = "SOW_KEY()";

    public static final AmpsSharding NONE = new AmpsSharding(1, null);

    public AmpsSharding {
        if (count < 1 || count > MOST_SHARDS) {
            throw new IllegalArgumentException(
                    "A topic cannot be cut into "
                            + count
                            + " shards. Give a number from 1 to "
                            + MOST_SHARDS
                            + "; each is a connection of its own.");
        }
        if ((count == 1) != (expression == null) && !AmpsShard.COMPETING.equals(expression)) {
            throw new IllegalArgumentException(
                    "Shards and what tells them apart belong together: "
                            + count
                            + ", "
                            + expression);
        }
    }

    /**
     * By the checksum of a field, so that messages with the same value stay in one shard, and in
     * order. Messages without the field are in one shard.
     */
    static AmpsSharding byField(String field, int count) {
        return of(count, Fields.require("shardBy()", field));
    }

    /** By the checksum of the bookmark: evenly, but without any order between messages. */
    static AmpsSharding byBookmark(int count) {
        return of(count, BOOKMARK);
    }

    /** By the checksum of the key of the record. */
    static AmpsSharding bySowKey(int count) {
        return of(count, SOW_KEY);
    }

    /** So many subscriptions that compete for the messages of a queue, even if it is only one. */
    public static AmpsSharding competing(int subscriptions) {
        return new AmpsSharding(subscriptions, AmpsShard.COMPETING);
    }

    /** This for queues: as many subscriptions as subtasks unless a number was given. */
    public AmpsSharding competingBy(IntSupplier parallelism) {
        return equals(NONE) ? competing(Math.min(MOST_SHARDS, parallelism.getAsInt())) : this;
    }

    private static AmpsSharding of(int count, String expression) {
        return count == 1 ? NONE : new AmpsSharding(count, expression);
    }

    boolean isByBookmark() {
        return BOOKMARK.equals(expression);
    }

    boolean isBySowKey() {
        return SOW_KEY.equals(expression);
    }

    boolean isByField() {
        return expression != null
                && !isByBookmark()
                && !isBySowKey()
                && !expression.equals(AmpsShard.COMPETING);
    }

    /** The shards of one topic. */
    public List<AmpsShard> shards() {
        return count == 1
                ? List.of(AmpsShard.WHOLE)
                : IntStream.range(0, count)
                        .mapToObj(index -> new AmpsShard(index, count, expression))
                        .toList();
    }

    /** Whether a shard in the state is one of these. */
    public boolean contains(AmpsShard shard) {
        return shards().contains(shard);
    }

    /**
     * Refuses a shard from the state that is none of these: its position holds for the messages of
     * that shard, and for no others.
     *
     * @throws IllegalStateException naming both
     */
    public void requireSame(AmpsShard restored) {
        if (!contains(restored)) {
            throw new IllegalStateException(
                    "The state was written with other shards: "
                            + restored
                            + ", while the job has "
                            + this
                            + ". Positions hold only for the shards they were read with. Restore"
                            + " with the shards of before, or start without this state.");
        }
    }

    @Override
    public String toString() {
        if (AmpsShard.COMPETING.equals(expression)) {
            return count + " competing subscriptions";
        }
        return count == 1 ? "none" : count + " shards by " + expression;
    }
}
