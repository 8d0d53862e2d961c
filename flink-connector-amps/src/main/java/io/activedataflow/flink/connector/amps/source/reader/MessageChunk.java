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

import io.activedataflow.flink.connector.amps.AmpsCommand;
import io.activedataflow.flink.connector.amps.AmpsOutOfFocusReason;
import io.activedataflow.flink.connector.amps.client.AmpsDelivery;
import io.activedataflow.flink.connector.amps.client.ByteSlice;
import io.activedataflow.flink.connector.amps.client.ServerTimestamps;
import io.activedataflow.flink.connector.amps.source.split.ReplayPosition;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A store of messages that is only ever appended to: their bytes in one array, their numbers and
 * the places of their fields in others, so that a message costs no object.
 *
 * <p>The client's thread appends; a message exists for others once it is {@link #published}, with
 * one volatile write. The fetcher reads what was published and may {@linkplain #drop mark} it. The
 * task thread reads what the fetcher has handed over, which makes the marks visible.
 *
 * <p>The chunk is held by the buffer until it is {@linkplain #seal sealed} and all of it was taken,
 * and by everyone who has {@linkplain #retain retained} it. When the last of them has released it,
 * it goes home and is filled again.
 */
@Internal
final class MessageChunk {

    private static final AmpsCommand[] COMMANDS = AmpsCommand.values();
    private static final AmpsOutOfFocusReason[] REASONS = AmpsOutOfFocusReason.values();

    /** The numbers of a message. */
    private static final int NUMBERS = 3;

    private static final int PUBLISHER_ID = 0;
    private static final int SEQUENCE = 1;
    private static final int TIMESTAMP = 2;

    /** The fields lie one behind the other, those that are absent with a length of -1. */
    private static final int FIELDS = 7;

    private static final int START = 0;
    private static final int BODY_LENGTH = 1;
    private static final int SOW_KEY_LENGTH = 2;
    private static final int CORRELATION_ID_LENGTH = 3;
    private static final int USER_ID_LENGTH = 4;
    private static final int LEASE_LENGTH = 5;
    private static final int TAG = 6;

    /** A tag is the index of the topic, why it is out of focus, two flags, and the command. */
    private static final int COMMAND_MASK = 0b0011;

    private static final int HAS_BOOKMARK = 0b0100;
    private static final int DROPPED = 0b1000;
    private static final int REASON_SHIFT = 4;
    private static final int REASON_MASK = 0b111;
    private static final int TOPIC_SHIFT = 7;

    private final byte[] data;
    private final long[] numbers;
    private final int[] fields;

    /** The topics of runs of messages; as long as there may be runs, since it is never replaced. */
    private final String[] topics;

    private final Consumer<MessageChunk> home;
    private final AtomicInteger holders = new AtomicInteger(1);

    private int used;
    private int count;
    private int topicCount;
    private volatile int published;
    private volatile boolean sealed;

    /**
     * @param home takes the chunk when nobody holds it any more, on the thread that releases it
     */
    MessageChunk(int maxMessages, int maxBytes, Consumer<MessageChunk> home) {
        this.data = new byte[maxBytes];
        this.numbers = new long[NUMBERS * maxMessages];
        this.fields = new int[FIELDS * maxMessages];
        this.topics = new String[maxMessages];
        this.home = home;
    }

    // ------------------------------------------------------------------------ client thread

    /** How many bytes of a chunk a message takes up. */
    static int bytesOf(AmpsDelivery message) {
        return message.body().length()
                + Math.max(0, message.sowKey().length())
                + Math.max(0, message.correlationId().length())
                + Math.max(0, message.userId().length())
                + Math.max(0, message.leasePeriod().length());
    }

    boolean hasRoomFor(int bytes) {
        return count < topics.length && bytes <= data.length - used;
    }

    /**
     * Copies a message for which there is room, and publishes it.
     *
     * @param topic the same object for the same topic
     * @param numbersOfMessage what was read from its header
     */
    void append(AmpsDelivery message, String topic, HeaderNumbers numbersOfMessage) {
        int index = count;
        int number = NUMBERS * index;
        numbers[number + PUBLISHER_ID] = numbersOfMessage.publisherId();
        numbers[number + SEQUENCE] = numbersOfMessage.sequence();
        numbers[number + TIMESTAMP] = numbersOfMessage.timestampMicros();
        int field = FIELDS * index;
        fields[field + START] = used;
        fields[field + BODY_LENGTH] = copy(message.body());
        fields[field + SOW_KEY_LENGTH] = copy(message.sowKey());
        fields[field + CORRELATION_ID_LENGTH] = copy(message.correlationId());
        fields[field + USER_ID_LENGTH] = copy(message.userId());
        fields[field + LEASE_LENGTH] = copy(message.leasePeriod());
        fields[field + TAG] =
                (topicIndex(topic) << TOPIC_SHIFT)
                        | (reasonNumber(message.outOfFocusReason()) << REASON_SHIFT)
                        | (numbersOfMessage.hasBookmark() ? HAS_BOOKMARK : 0)
                        | message.command().ordinal();
        count = index + 1;
        published = index + 1;
    }

    private static int reasonNumber(@Nullable AmpsOutOfFocusReason reason) {
        return reason == null ? 0 : reason.ordinal() + 1;
    }

    private int copy(ByteSlice slice) {
        int length = slice.length();
        if (length > 0) {
            System.arraycopy(slice.array(), slice.offset(), data, used, length);
            used += length;
        }
        return length;
    }

    private int topicIndex(String topic) {
        int last = topicCount - 1;
        if (last < 0 || topics[last] != topic) {
            topics[++last] = topic;
            topicCount = last + 1;
        }
        return last;
    }

    /** Nothing more will be appended. */
    void seal() {
        sealed = true;
    }

    // ------------------------------------------------------------------------ fetcher

    boolean isSealed() {
        return sealed;
    }

    /** How many messages there are. */
    int published() {
        return published;
    }

    /** Marks a message as not to be emitted. */
    void drop(int i) {
        fields[FIELDS * i + TAG] |= DROPPED;
    }

    // ------------------------------------------------------------------------ holders, any thread

    void retain() {
        if (holders.getAndIncrement() <= 0) {
            throw new IllegalStateException("A chunk was retained that nobody holds.");
        }
    }

    void release() {
        int left = holders.decrementAndGet();
        if (left == 0) {
            home.accept(this);
        } else if (left < 0) {
            throw new IllegalStateException("A chunk was released more often than retained.");
        }
    }

    // ------------------------------------------------------------------------ pool

    int maxMessages() {
        return topics.length;
    }

    int maxBytes() {
        return data.length;
    }

    /** Empties a chunk that nobody holds. */
    void reset() {
        used = 0;
        count = 0;
        topicCount = 0;
        published = 0;
        sealed = false;
        holders.set(1);
    }

    // ------------------------------------------------------------------------ messages

    boolean isDropped(int i) {
        return (fields[FIELDS * i + TAG] & DROPPED) != 0;
    }

    boolean hasBookmark(int i) {
        return (fields[FIELDS * i + TAG] & HAS_BOOKMARK) != 0;
    }

    /** Unsigned; only if there is a bookmark. */
    long publisherId(int i) {
        return numbers[NUMBERS * i + PUBLISHER_ID];
    }

    /** Unsigned; only if there is a bookmark. */
    long sequence(int i) {
        return numbers[NUMBERS * i + SEQUENCE];
    }

    /** In microseconds since the epoch, or {@link ReplayPosition#UNKNOWN_TIME}. */
    long timestampMicros(int i) {
        return numbers[NUMBERS * i + TIMESTAMP];
    }

    AmpsCommand command(int i) {
        return COMMANDS[fields[FIELDS * i + TAG] & COMMAND_MASK];
    }

    String topic(int i) {
        return topics[fields[FIELDS * i + TAG] >>> TOPIC_SHIFT];
    }

    /** Holds the bytes of all messages; not to be changed. */
    byte[] data() {
        return data;
    }

    int bodyOffset(int i) {
        return fields[FIELDS * i + START];
    }

    int bodyLength(int i) {
        return fields[FIELDS * i + BODY_LENGTH];
    }

    byte[] body(int i) {
        int offset = bodyOffset(i);
        return Arrays.copyOfRange(data, offset, offset + bodyLength(i));
    }

    @Nullable
    String sowKey(int i) {
        return text(i, SOW_KEY_LENGTH);
    }

    int sowKeyOffset(int i) {
        return offset(i, SOW_KEY_LENGTH);
    }

    /** Negative if there is no key. */
    int sowKeyLength(int i) {
        return fields[FIELDS * i + SOW_KEY_LENGTH];
    }

    @Nullable
    String correlationId(int i) {
        return text(i, CORRELATION_ID_LENGTH);
    }

    @Nullable
    String userId(int i) {
        return text(i, USER_ID_LENGTH);
    }

    /** Whether a queue has leased the message. */
    boolean hasLease(int i) {
        return fields[FIELDS * i + LEASE_LENGTH] >= 0;
    }

    /** In microseconds since the epoch, or {@link ServerTimestamps#UNKNOWN}. */
    long leaseExpiryMicros(int i) {
        int length = fields[FIELDS * i + LEASE_LENGTH];
        return length < 0
                ? ServerTimestamps.UNKNOWN
                : ServerTimestamps.parse(data, offset(i, LEASE_LENGTH), length);
    }

    @Nullable
    AmpsOutOfFocusReason outOfFocusReason(int i) {
        int number = (fields[FIELDS * i + TAG] >>> REASON_SHIFT) & REASON_MASK;
        return number == 0 ? null : REASONS[number - 1];
    }

    /** The bytes that the messages of a run take up, without those of topics and numbers. */
    int bytes(int from, int to) {
        return from == to ? 0 : offset(to - 1, LEASE_LENGTH + 1) - bodyOffset(from);
    }

    @Nullable
    private String text(int i, int lengthField) {
        int length = fields[FIELDS * i + lengthField];
        return length < 0
                ? null
                : new String(data, offset(i, lengthField), length, StandardCharsets.UTF_8);
    }

    /** Where the field with this length begins. */
    private int offset(int i, int lengthField) {
        int offset = bodyOffset(i);
        for (int field = BODY_LENGTH; field < lengthField; field++) {
            offset += Math.max(0, fields[FIELDS * i + field]);
        }
        return offset;
    }
}
