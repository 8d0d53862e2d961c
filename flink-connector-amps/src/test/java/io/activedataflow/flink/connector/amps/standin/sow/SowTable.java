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

package io.activedataflow.flink.connector.amps.standin.sow;

import io.activedataflow.flink.connector.amps.standin.filter.BodyDelta;
import io.activedataflow.flink.connector.amps.standin.filter.BodyField;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** The records of one topic. Not thread-safe. */
public final class SowTable {

    private static final long NANOS_PER_MICRO = 1000;
    private static final long MICROS = 1_000_000;

    private final SowTopic topic;
    private final SowKeys keys;
    private final SowHistory history;
    private final Map<String, SowRecord> records = new LinkedHashMap<>();
    private final PriorityQueue<SowRecord> expiries =
            new PriorityQueue<>(Comparator.comparingLong(SowRecord::expiresAtMicros));
    private long inserts;
    private long updates;
    private long deletes;

    /** How often something happened since the server was made; expiries are deletes. */
    public record Counts(long records, long inserts, long updates, long deletes) {}

    /** An empty table. */
    public SowTable(SowTopic topic) {
        this.topic = topic;
        this.keys = new SowKeys(topic);
        this.history = topic.history() == null ? null : new SowHistory(topic.history());
    }

    /** What it was declared as. */
    public SowTopic topic() {
        return topic;
    }

    /** The fields of the key; none with explicit keys. */
    public List<BodyField> keyFields() {
        return keys.fields();
    }

    /** What has happened. */
    public Counts counts() {
        return new Counts(records.size(), inserts, updates, deletes);
    }

    /** How far back it can be queried, null if only the present can be. */
    public Duration historyWindow() {
        return topic.history() == null ? null : topic.history().window();
    }

    /** A copy of all records, in the order in which their keys came first. */
    public List<SowRecord> records() {
        return new ArrayList<>(records.values());
    }

    /** The record of a key, null if there is none. */
    public SowRecord record(String key) {
        return records.get(key);
    }

    /** The key of a message, given what its publisher sent as a key, which may be null. */
    public String key(byte[] body, String explicit) throws SowException {
        return keys.of(body, explicit);
    }

    /** Refuses a text that cannot be a key of this topic. */
    public void checkKey(String key) throws SowException {
        keys.check(key);
    }

    /** The body of the record with the changes. */
    public byte[] merged(String key, byte[] changes) throws SowException {
        if (!BodyDelta.supports(topic.messageType())) {
            throw new SowException("not supported");
        }
        if (!BodyDelta.isWellFormed(topic.messageType(), changes)) {
            throw new SowException("parse error");
        }
        SowRecord record = records.get(key);
        return record == null
                ? changes
                : BodyDelta.merge(topic.messageType(), record.body(), changes);
    }

    /**
     * When a message that comes now expires.
     *
     * @param seconds what its publisher says; negative for nothing
     */
    public long expiry(long nowMicros, long seconds) {
        if (seconds > 0) {
            return nowMicros + seconds * MICROS;
        }
        return seconds == 0 || topic.expiration() == null
                ? SowRecord.NEVER
                : nowMicros + topic.expiration().toNanos() / NANOS_PER_MICRO;
    }

    /** Inserts or updates. */
    public SowChange put(SowRecord record) {
        SowRecord before = records.put(record.key(), record);
        if (before == null) {
            inserts++;
        } else {
            updates++;
        }
        if (record.expiresAtMicros() != SowRecord.NEVER) {
            expiries.add(record);
        }
        remember(record.timestampMicros(), record.key(), record);
        return new SowChange(topic, before, record, SowChange.Cause.PUBLISHED);
    }

    /** Removes a record that is there. */
    public SowChange delete(String key, long nowMicros, SowChange.Cause cause) {
        SowRecord before = records.remove(key);
        deletes++;
        remember(nowMicros, key, null);
        return new SowChange(topic, before, null, cause);
    }

    /** Removes what has expired. */
    public List<SowChange> expire(long nowMicros) {
        List<SowChange> changes = new ArrayList<>();
        while (!expiries.isEmpty() && expiries.peek().expiresAtMicros() <= nowMicros) {
            SowRecord expired = expiries.remove();
            // An update has made another record of it, with another time.
            if (records.get(expired.key()) == expired) {
                changes.add(delete(expired.key(), nowMicros, SowChange.Cause.EXPIRED));
            }
        }
        return changes;
    }

    /** The point in time that a query for this one is answered with. */
    public long roundedDown(long micros) {
        long granularity = topic.history().granularity().toNanos() / NANOS_PER_MICRO;
        return granularity <= 0 ? micros : Math.floorDiv(micros, granularity) * granularity;
    }

    /** The records at a point in time; none if that is before the window of the history. */
    public List<SowRecord> recordsAt(long micros, long nowMicros) {
        return history.at(micros, nowMicros);
    }

    private void remember(long micros, String key, SowRecord record) {
        if (history != null) {
            history.changed(micros, key, record);
        }
    }
}
