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

import io.activedataflow.flink.connector.amps.standin.filter.ContentFilter;
import io.activedataflow.flink.connector.amps.standin.sow.SowException;
import io.activedataflow.flink.connector.amps.standin.sow.SowRecord;
import io.activedataflow.flink.connector.amps.standin.sow.SowSubject;
import io.activedataflow.flink.connector.amps.standin.sow.SowTable;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Which records a client means.
 *
 * @param keys null for any
 * @param filter null for any content
 */
record SowSelection(Set<String> keys, ContentFilter filter) {

    /** What a comma list of keys means; null means all records. */
    static SowSelection ofKeys(String list) {
        return new SowSelection(
                list == null ? null : new LinkedHashSet<>(List.of(list.split(","))), null);
    }

    /** Refuses what cannot be the key of a topic. */
    void check(SowTable table) throws Rejected {
        if (keys == null) {
            return;
        }
        for (String key : keys) {
            try {
                table.checkKey(key);
            } catch (SowException e) {
                throw new Rejected(e.getMessage());
            }
        }
    }

    /** The records to be looked at. */
    List<SowRecord> candidates(SowTable table) {
        return keys == null
                ? table.records()
                : keys.stream().map(table::record).filter(Objects::nonNull).toList();
    }

    boolean matches(SowTable table, SowRecord row) {
        return (keys == null || keys.contains(row.key()))
                && (filter == null || filter.matches(new SowSubject(table.topic(), row)));
    }
}
