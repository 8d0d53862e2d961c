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

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What arrives between messages, with its place among them. Rare, so it may cost a lock and an
 * object; whether there is anything can be asked without.
 */
@Internal
final class ArrivedEvents {

    /** No event is waiting. */
    static final long NONE = Long.MAX_VALUE;

    private record Placed(long position, Arrival.Event event) {}

    private final Deque<Placed> events = new ArrayDeque<>();

    /** How many acknowledgements there are at the end with no message between them. */
    private int acksInRow;

    private volatile long nextPosition = NONE;

    /**
     * Adds an event behind all others. Of acknowledgements in a row only the first and the last are
     * kept, so that not even a consumer that looks at nothing for days collects them.
     *
     * @param position how many messages were published before it
     */
    synchronized void add(long position, Arrival.Event event) {
        if (event instanceof Arrival.Persisted) {
            if (events.isEmpty() || events.peekLast().position() != position) {
                acksInRow = 0;
            }
            if (acksInRow == 2) {
                events.removeLast();
            } else {
                acksInRow++;
            }
        } else {
            acksInRow = 0;
        }
        events.addLast(new Placed(position, event));
        nextPosition = events.peekFirst().position();
    }

    /** How many messages come before the next event, or {@link #NONE}. */
    long nextPosition() {
        return nextPosition;
    }

    /** The next event if no message comes before it, otherwise null. */
    @Nullable
    synchronized Arrival.Event poll(long messagesTaken) {
        Placed first = events.peekFirst();
        if (first == null || first.position() > messagesTaken) {
            return null;
        }
        events.removeFirst();
        acksInRow = Math.min(acksInRow, events.size());
        nextPosition = events.isEmpty() ? NONE : events.peekFirst().position();
        return first.event();
    }
}
