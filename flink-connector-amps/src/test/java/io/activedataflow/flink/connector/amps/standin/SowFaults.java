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

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * What can go wrong with queries of the state of the world, on request; see {@link Faults}. The
 * late acknowledgement of a query is kept back with {@code withholdAck("completed")}, as any other.
 * Thread-safe.
 */
public final class SowFaults {

    private final Runnable wake;
    private final AtomicInteger recordsUntilCut = new AtomicInteger();
    private final AtomicInteger groupEndsToCut = new AtomicInteger();
    private final AtomicReference<Failure> refusal = new AtomicReference<>();
    private final AtomicReference<Failure> failure = new AtomicReference<>();
    private volatile boolean groupEndsHeld;
    private volatile boolean topNRoundedUp;

    /** Queries that fail behind so many records; negative for behind all of them. */
    private record Failure(String reason, int times, long records) {

        Failure next() {
            return times <= 1 ? null : new Failure(reason, times - 1, records);
        }
    }

    SowFaults(Runnable wake) {
        this.wake = wake;
    }

    /** Refuses the next {@code sow} commands, in their processed acknowledgement. */
    public void refuseQueries(String reason, int times) {
        refusal.set(new Failure(reason, times, 0));
    }

    /**
     * The next queries return all their records, and only their completed and stats
     * acknowledgements tell that they have failed.
     */
    public void failCompleted(String reason, int times) {
        failure.set(new Failure(reason, times, -1));
    }

    /** The next queries that have more than so many records return only these and then fail. */
    public void failAfterRecords(int records, String reason, int times) {
        failure.set(new Failure(reason, times, records));
    }

    /** Cuts the connection that sends the n-th record of any answer from now, behind it; once. */
    public void cutAfterRecords(int records) {
        recordsUntilCut.set(records);
    }

    /** Cuts connections behind their next group_end, before updates and acknowledgements. */
    public void cutBehindGroupEnd(int times) {
        groupEndsToCut.set(times);
    }

    /** Keeps back group_end, and with it all that comes then on the connection, or sends it. */
    public void holdGroupEnds(boolean value) {
        groupEndsHeld = value;
        wake.run();
    }

    /** With {@code top_n} the last batch is filled up, so that more records may come. */
    public void roundTopNUp(boolean value) {
        topNRoundedUp = value;
    }

    void refuseIfTold() throws Rejected {
        Failure told = refusal.getAndUpdate(now -> now == null ? null : now.next());
        if (told != null) {
            throw new Rejected(told.reason());
        }
    }

    boolean roundsTopNUp() {
        return topNRoundedUp;
    }

    boolean holdsGroupEnds() {
        return groupEndsHeld;
    }

    /** How many records may go into a frame, so that it ends where something is to happen. */
    int limit(int count, long returned) {
        int limit = count;
        int cut = recordsUntilCut.get();
        if (cut > 0) {
            limit = Math.min(limit, cut);
        }
        Failure told = failure.get();
        if (told != null && told.records() > returned) {
            limit = (int) Math.min(limit, told.records() - returned);
        }
        return limit;
    }

    /** The reason why a query fails behind so many records, null if it goes on. */
    String takeFailure(long returned) {
        return take(told -> told.records() == returned);
    }

    /** The reason why a query fails that has returned everything; null if it does not. */
    String takeFailureAtTheEnd() {
        return take(told -> told.records() < 0);
    }

    boolean takeCutBehindRecords(int count) {
        int before = recordsUntilCut.getAndUpdate(left -> Math.max(0, left - count));
        return before > 0 && before <= count;
    }

    boolean takeCutBehindGroupEnd() {
        return groupEndsToCut.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    private String take(Predicate<Failure> isDue) {
        Failure told =
                failure.getAndUpdate(now -> now == null || !isDue.test(now) ? now : now.next());
        return told == null || !isDue.test(told) ? null : told.reason();
    }
}
