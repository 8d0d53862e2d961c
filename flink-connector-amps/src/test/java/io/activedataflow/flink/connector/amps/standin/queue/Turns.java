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

package io.activedataflow.flink.connector.amps.standin.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The subscriptions of a queue, and whose turn it is; guarded by the queue. */
final class Turns {

    private final QueueDefinition.Fairness fairness;
    private final List<Holder> holders = new ArrayList<>();
    private int next;

    Turns(QueueDefinition.Fairness fairness) {
        this.fairness = fairness;
    }

    List<Holder> all() {
        return holders;
    }

    void add(Holder holder) {
        holders.add(holder);
    }

    /** Puts one in the place of another. */
    void replace(Holder older, Holder newer) {
        holders.set(holders.indexOf(older), newer);
    }

    void remove(Holder holder) {
        int index = holders.indexOf(holder);
        holders.remove(index);
        if (index < next) {
            next--;
        }
    }

    Holder of(QueueConsumer consumer) {
        return holders.stream()
                .filter(holder -> holder.consumer() == consumer)
                .findFirst()
                .orElse(null);
    }

    /** Who gets the next message, null if none of those who may. */
    Holder choose(Predicate<Holder> may) {
        return switch (fairness) {
            case FAST -> holders.stream().filter(may).findFirst().orElse(null);
            case PROPORTIONAL -> leastBusy(may);
            case ROUND_ROBIN -> nextInTurn(may);
        };
    }

    private Holder leastBusy(Predicate<Holder> may) {
        Holder best = null;
        for (Holder holder : holders) {
            if ((best == null || holder.isLessBusyThan(best)) && may.test(holder)) {
                best = holder;
            }
        }
        return best;
    }

    private Holder nextInTurn(Predicate<Holder> may) {
        for (int i = 0; i < holders.size(); i++) {
            int index = (next + i) % holders.size();
            if (may.test(holders.get(index))) {
                next = index + 1;
                return holders.get(index);
            }
        }
        return null;
    }
}
