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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * One page of the records that match, kept up to date: so many records in an order behind so many
 * others. Not thread-safe.
 */
public final class SowPage {

    private final String messageType;
    private final SowOrder order;
    private final long skip;
    private final long size;
    private final Map<String, SowOrder.Ranked> byKey = new HashMap<>();
    private final TreeSet<SowOrder.Ranked> ranked;
    private Map<String, SowRecord> shown = new LinkedHashMap<>();

    /**
     * What a change has done to the page.
     *
     * @param left records that were on it and are not any more, as they were
     * @param entered records that are new on it or have been updated
     * @param updated whether the changed record was on the page before and still is
     */
    public record Turn(List<SowRecord> left, List<SowRecord> entered, boolean updated) {}

    /** An empty page. */
    public SowPage(String messageType, SowOrder order, long skip, long size) {
        this.messageType = messageType;
        this.order = order;
        this.skip = skip;
        this.size = size;
        this.ranked = new TreeSet<>(order.thenComparing(rank -> rank.row().key()));
    }

    /** Starts with records; returns those on the page. */
    public List<SowRecord> fill(List<SowRecord> matching) {
        matching.forEach(this::add);
        shown = cut();
        return List.copyOf(shown.values());
    }

    /** Whether this very record is on the page. */
    public boolean shows(SowRecord record) {
        return shown.get(record.key()) == record;
    }

    /**
     * Changes one record.
     *
     * @param record null if it does not match any more, or is gone
     */
    public Turn change(String key, SowRecord record) {
        SowOrder.Ranked before = byKey.remove(key);
        if (before != null) {
            ranked.remove(before);
        }
        if (record != null) {
            add(record);
        }
        Map<String, SowRecord> now = cut();
        List<SowRecord> left = new ArrayList<>();
        List<SowRecord> entered = new ArrayList<>();
        shown.forEach(
                (shownKey, row) -> {
                    if (!now.containsKey(shownKey)) {
                        left.add(row);
                    }
                });
        now.forEach(
                (shownKey, row) -> {
                    if (shown.get(shownKey) != row) {
                        entered.add(row);
                    }
                });
        boolean updated = shown.containsKey(key) && now.containsKey(key);
        shown = now;
        return new Turn(left, entered, updated);
    }

    private void add(SowRecord record) {
        SowOrder.Ranked rank = order.rank(messageType, record);
        byKey.put(record.key(), rank);
        ranked.add(rank);
    }

    private Map<String, SowRecord> cut() {
        Map<String, SowRecord> page = new LinkedHashMap<>();
        Iterator<SowOrder.Ranked> rows = ranked.iterator();
        for (long at = 0; at < skip + size && rows.hasNext(); at++) {
            SowRecord row = rows.next().row();
            if (at >= skip) {
                page.put(row.key(), row);
            }
        }
        return page;
    }
}
