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

import io.activedataflow.flink.connector.amps.standin.sow.SowException;
import io.activedataflow.flink.connector.amps.standin.sow.SowOrder;
import io.activedataflow.flink.connector.amps.standin.sow.SowPage;
import io.activedataflow.flink.connector.amps.standin.sow.SowRecord;
import io.activedataflow.flink.connector.amps.standin.sow.SowSubject;
import io.activedataflow.flink.connector.amps.standin.sow.SowTable;
import io.activedataflow.flink.connector.amps.standin.sow.SowTopic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * What a client asks of the state of the world.
 *
 * @param order null if any will do
 * @param topN the most records to return, negative for all
 * @param skipN how many to leave out before
 * @param batchSize the most records of a frame
 */
record SowQuery(
        Reading reading,
        SowSelection selection,
        SowOrder order,
        long topN,
        long skipN,
        int batchSize) {

    private static final int MOST_OF_A_BATCH = 10_000;

    static SowQuery parse(Header header, SubscribeOptions options, Reading reading)
            throws Rejected {
        long topN = number(options, "top_n", header, Field.TOP_N);
        long skipN = options.has("skip_n") ? number(options.get("skip_n")) : 0;
        if (options.has("skip_n") && topN < 0) {
            throw new Rejected(Reason.INVALID_OPTIONS);
        }
        long batchSize = header.has(Field.BATCH_SIZE) ? number(header.get(Field.BATCH_SIZE)) : 1;
        if (batchSize < 1 || batchSize > MOST_OF_A_BATCH) {
            throw new Rejected(Reason.INVALID_OPTIONS);
        }
        return new SowQuery(
                reading,
                SowSelection.ofKeys(header.get(Field.SOW_KEYS)),
                order(header.get(Field.ORDER_BY)),
                topN,
                skipN,
                (int) batchSize);
    }

    /**
     * Answers it.
     *
     * @param records the records of a topic to look at
     * @param unwanted records that are not returned although they match
     */
    SowAnswer answer(
            List<SowTable> tables,
            Function<SowTable, List<SowRecord>> records,
            BiPredicate<SowTopic, SowRecord> unwanted,
            boolean roundUp) {
        List<SowAnswer.Part> parts = new ArrayList<>();
        long matches = 0;
        long examined = 0;
        long toSkip = skipN;
        long left = topN < 0 ? Long.MAX_VALUE : roundUp ? roundedUp(topN) : topN;
        for (SowTable table : tables) {
            List<SowRecord> candidates = records.apply(table);
            List<SowRecord> matching = matching(table, candidates);
            examined += candidates.size();
            matches += matching.size();
            int from = (int) Math.min(toSkip, matching.size());
            int to = (int) Math.min(matching.size(), from + Math.min(left, Integer.MAX_VALUE >> 1));
            toSkip -= from;
            left -= to - from;
            List<SowRecord> returned = new ArrayList<>(matching.subList(from, to));
            returned.removeIf(row -> unwanted.test(table.topic(), row));
            parts.add(new SowAnswer.Part(table.topic(), returned));
        }
        return new SowAnswer(List.copyOf(parts), matches, examined);
    }

    /** Answers it with a page, which is filled. */
    SowAnswer answer(SowTable table, SowPage page, BiPredicate<SowTopic, SowRecord> unwanted) {
        List<SowRecord> candidates = table.records();
        List<SowRecord> matching = matching(table, candidates);
        List<SowRecord> returned = new ArrayList<>(page.fill(matching));
        returned.removeIf(row -> unwanted.test(table.topic(), row));
        return new SowAnswer(
                List.of(new SowAnswer.Part(table.topic(), returned)),
                matching.size(),
                candidates.size());
    }

    private List<SowRecord> matching(SowTable table, List<SowRecord> candidates) {
        List<SowRecord> matching = new ArrayList<>();
        for (SowRecord row : candidates) {
            SowSubject subject = new SowSubject(table.topic(), row);
            if (selection.matches(table, row)
                    && reading.matches(subject)
                    && reading.isEntitledTo(subject)) {
                matching.add(row);
            }
        }
        return order == null ? matching : order.sorted(table.topic().messageType(), matching);
    }

    private long roundedUp(long count) {
        return (count + batchSize - 1) / batchSize * batchSize;
    }

    private static SowOrder order(String text) throws Rejected {
        try {
            return text == null ? null : SowOrder.parse(text);
        } catch (SowException e) {
            throw new Rejected(e.getMessage());
        }
    }

    private static long number(SubscribeOptions options, String option, Header header, Field field)
            throws Rejected {
        String text = options.has(option) ? options.get(option) : header.get(field);
        return text == null ? -1 : number(text);
    }

    private static long number(String text) throws Rejected {
        if (!text.matches("\\d{1,18}")) {
            throw new Rejected(Reason.INVALID_OPTIONS);
        }
        return Long.parseLong(text);
    }
}
