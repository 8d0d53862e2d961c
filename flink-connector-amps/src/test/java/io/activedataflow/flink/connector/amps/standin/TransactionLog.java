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

package io.activedataflow.flink.connector.amps.standin;

import io.activedataflow.flink.connector.amps.standin.journal.FileJournal;
import io.activedataflow.flink.connector.amps.standin.journal.Journal;
import io.activedataflow.flink.connector.amps.standin.journal.JournalRecord;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The transaction log of one instance: all messages to logged topics in the one order that every
 * subscription and every replay sees. Positions start at 1 and never fall, also after wiping.
 * Thread-safe. It may outlive its server and be given to the next one, and with a journal the
 * process, too.
 */
public final class TransactionLog implements AutoCloseable {

    private final Map<Long, PublisherIndex> publishers = new HashMap<>();
    private final Map<String, String> topics = new HashMap<>();
    private final Map<String, Set<String>> takenFromQueues = new HashMap<>();
    private final List<LogSegment> segments = new ArrayList<>();
    private Journal journal;
    private long first = 1;
    private long last;
    private volatile long durable;

    /** An empty log, in memory only. */
    public TransactionLog() {
        this(Journal.NONE);
        durable = Long.MAX_VALUE;
    }

    /** An empty log with an empty journal. */
    TransactionLog(Journal journal) {
        this.journal = journal;
        segments.add(new LogSegment(1));
    }

    /**
     * A log that is kept in a directory, with what is in there already. What no log holds is not
     * kept: sequences of messages to topics that are not logged, and the state of the world.
     */
    public static TransactionLog journaled(Path directory) {
        TransactionLog log = new TransactionLog();
        Journal journal = FileJournal.open(directory, log::recover);
        log.startJournal(journal);
        return log;
    }

    /** Ends the journal, if there is one: nothing can be logged after that. */
    @Override
    public synchronized void close() {
        journal.close();
    }

    /** The position of the oldest retained message; one above the last position if none is. */
    public synchronized long firstPosition() {
        return first;
    }

    /** The position of the newest message ever logged, 0 if there was none. */
    public synchronized long lastPosition() {
        return last;
    }

    /** The number of retained messages. */
    public synchronized long size() {
        return last - first + 1;
    }

    /** The message at a retained position. */
    public synchronized LogEntry entry(long position) {
        if (position < first || position > last) {
            throw new IllegalArgumentException(
                    "Position " + position + " is outside the log, " + first + " to " + last + ".");
        }
        return at(position, LogSegment::entry);
    }

    /** A copy of all retained messages. */
    public synchronized List<LogEntry> entries() {
        List<LogEntry> entries = new ArrayList<>();
        for (long position = first; position <= last; position++) {
            entries.add(entry(position));
        }
        return entries;
    }

    /** The position of a message, 0 if the log does not hold it. */
    public synchronized long find(long publisherId, long sequence) {
        PublisherIndex index = publishers.get(publisherId);
        long position = index == null ? 0 : index.ceiling(sequence, first, this::sequenceAt);
        return position != 0 && sequenceAt(position) == sequence ? position : 0;
    }

    /** The highest sequence ever seen of a publisher, 0 if none; unsigned. */
    public synchronized long highestSequence(long publisherId) {
        PublisherIndex index = publishers.get(publisherId);
        return index == null ? 0 : index.highest();
    }

    /** Forgets all messages before a position; what publishers have sent is still known. */
    public synchronized void pruneBefore(long position) {
        long start = Math.max(first, Math.min(position, last + 1));
        if (start == first) {
            return;
        }
        journal.write(new JournalRecord.Pruned(start));
        first = start;
        while (segments.size() > 1 && segments.get(1).firstPosition() <= first) {
            segments.remove(0);
        }
    }

    /** Forgets all messages from before a time, microseconds since 1970 UTC. */
    public synchronized void pruneBeforeTime(long micros) {
        pruneBefore(firstFrom(micros));
    }

    /** Forgets everything, also what publishers have sent, as if the journals were deleted. */
    public synchronized void wipe() {
        journal.write(new JournalRecord.Wiped());
        publishers.clear();
        takenFromQueues.clear();
        pruneBefore(last + 1);
    }

    /** Returns when everything that has been logged is on disk, if there is a journal. */
    void force() {
        long reached = lastPosition();
        journal.force();
        raiseDurable(reached);
    }

    /** The last position that is on disk for sure; without a journal all are. */
    long durablePosition() {
        return durable;
    }

    /** The timestamps of the oldest and the newest retained message. */
    record Ends(long oldest, long newest) {}

    synchronized Optional<Ends> timestamps() {
        return first > last
                ? Optional.empty()
                : Optional.of(
                        new Ends(
                                at(first, LogSegment::timestamp), at(last, LogSegment::timestamp)));
    }

    /** The first retained position with at least this timestamp, one above the last if none. */
    synchronized long firstFrom(long micros) {
        for (LogSegment segment : segments) {
            for (int index = 0; index < segment.count(); index++) {
                long position = segment.firstPosition() + index;
                if (position >= first && segment.timestamp(index) >= micros) {
                    return position;
                }
            }
        }
        return last + 1;
    }

    /** The bookmark of the last retained message up to a position, null if none is retained. */
    synchronized String bookmarkUpTo(long position) {
        long found = Math.min(position, last);
        return found < first
                ? null
                : at(
                        found,
                        (segment, index) ->
                                Bookmarks.text(segment.publisher(index), segment.sequence(index)));
    }

    /** Whether the sequence is news from the publisher, who has then sent it. */
    synchronized boolean advance(long publisherId, long sequence) {
        return index(publisherId).advance(sequence);
    }

    /** The next sequence of a publisher who leaves the numbering to this instance. */
    synchronized long nextSequence(long publisherId) {
        PublisherIndex index = index(publisherId);
        long sequence = index.highest() + 1;
        index.advance(sequence);
        return sequence;
    }

    /** Appends a message whose sequence has been {@link #advance accepted}. */
    synchronized long append(Publication publication, long micros) {
        if (journal != Journal.NONE) {
            // Before anybody sees it, so that what has been seen is there after a crash.
            journal.write(record(publication, micros));
        }
        return keep(publication, micros);
    }

    private long keep(Publication publication, long micros) {
        LogSegment segment = segments.get(segments.size() - 1);
        if (segment.isFull()) {
            LogSegment successor = new LogSegment(last + 1);
            segment.seal(successor);
            segments.add(successor);
            segment = successor;
        }
        segment.append(
                publication.publisherId(),
                publication.sequence(),
                topics.computeIfAbsent(publication.topic(), topic -> topic),
                micros,
                publication.body(),
                publication.correlationId(),
                publication.user(),
                publication.sowKey());
        last++;
        index(publication.publisherId()).add(last);
        return last;
    }

    /** Remembers for ever that a queue need not deliver a message any more. */
    synchronized void takenFromQueue(String queue, String bookmark) {
        journal.write(new JournalRecord.Taken(queue, bookmark));
        takenFromQueues.computeIfAbsent(queue, name -> new HashSet<>()).add(bookmark);
    }

    synchronized boolean isTakenFromQueue(String queue, String bookmark) {
        return takenFromQueues.getOrDefault(queue, Set.of()).contains(bookmark);
    }

    /** The segment in which a position is, or will be. */
    synchronized LogSegment segmentOf(long position) {
        int low = 0;
        int high = segments.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (segments.get(middle).firstPosition() <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return segments.get(low);
    }

    private synchronized void startJournal(Journal started) {
        journal = started;
        durable = last;
    }

    private synchronized void raiseDurable(long position) {
        durable = Math.max(durable, position);
    }

    private synchronized void recover(JournalRecord record) {
        if (record instanceof JournalRecord.Logged logged) {
            advance(logged.publisherId(), logged.sequence());
            keep(publication(logged), logged.micros());
        } else if (record instanceof JournalRecord.Taken taken) {
            takenFromQueue(taken.queue(), taken.bookmark());
        } else if (record instanceof JournalRecord.Pruned pruned) {
            pruneBefore(pruned.position());
        } else if (record instanceof JournalRecord.Wiped) {
            wipe();
        }
    }

    private static JournalRecord record(Publication publication, long micros) {
        return new JournalRecord.Logged(
                publication.publisherId(),
                publication.sequence(),
                publication.topic(),
                micros,
                publication.body().copy(),
                publication.correlationId(),
                publication.user(),
                publication.sowKey());
    }

    private static Publication publication(JournalRecord.Logged logged) {
        return new Publication(
                logged.publisherId(),
                logged.sequence(),
                logged.topic(),
                Body.of(logged.body()),
                logged.correlationId(),
                logged.user(),
                logged.sowKey(),
                false,
                Publication.NO_LIFETIME);
    }

    private PublisherIndex index(long publisherId) {
        return publishers.computeIfAbsent(publisherId, id -> new PublisherIndex());
    }

    private long sequenceAt(long position) {
        return at(position, LogSegment::sequence);
    }

    private <T> T at(long position, Column<T> column) {
        LogSegment segment = segmentOf(position);
        return column.read(segment, (int) (position - segment.firstPosition()));
    }

    private interface Column<T> {
        T read(LogSegment segment, int index);
    }
}
