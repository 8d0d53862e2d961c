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

import io.activedataflow.flink.connector.amps.standin.queue.MessageQueue;
import io.activedataflow.flink.connector.amps.standin.queue.QueuedMessage;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code sow} on a queue: the messages that nobody has leased, in the order of delivery. Nothing is
 * leased by it.
 */
final class QueueBrowse {

    private static final int LARGEST_BATCH = 10_000;

    private final Session session;
    private final ReadingParser readings;

    QueueBrowse(Session session, ReadingParser readings) {
        this.session = session;
        this.readings = readings;
    }

    /** What is asked for. */
    private record Query(String id, int batchSize, int topN, Reading reading) {}

    void handle(MessageQueue queue, Header header, AckRequest acks) throws Rejected {
        Query query = query(header);
        byte[] frame =
                acks.wants("processed")
                        ? HeaderBuilder.ack(acks.commandId(), "processed")
                                .success()
                                .add("query_id", query.id())
                                .frame()
                        : null;
        session.ack(frame, "processed", () -> answer(queue, query, acks));
    }

    private Query query(Header header) throws Rejected {
        if (header.has(Field.BOOKMARK)
                || header.has(Field.SOW_KEYS)
                || header.has(Field.ORDER_BY)) {
            throw new Rejected(Reason.NOT_SUPPORTED);
        }
        int topN = header.has(Field.TOP_N) ? topN(header.get(Field.TOP_N)) : Integer.MAX_VALUE;
        List<String> others = new ArrayList<>();
        for (String option :
                SubscribeOptions.split(
                        header.has(Field.OPTIONS) ? header.get(Field.OPTIONS) : "")) {
            if (option.startsWith("top_n=")) {
                topN = topN(option.substring("top_n=".length()));
            } else {
                others.add(option);
            }
        }
        QueueOptions options = QueueOptions.parse(String.join(",", others));
        int batchSize =
                header.has(Field.BATCH_SIZE)
                        ? QueueOptions.positive(header.get(Field.BATCH_SIZE))
                        : 1;
        if (batchSize > LARGEST_BATCH || options.others().has("replace")) {
            throw new Rejected(Reason.INVALID_OPTIONS);
        }
        return new Query(
                header.get(header.has(Field.QUERY_ID) ? Field.QUERY_ID : Field.COMMAND_ID),
                batchSize,
                topN,
                readings.read(header, options.others()));
    }

    private static int topN(String text) throws Rejected {
        return text.equals("0") ? 0 : QueueOptions.positive(text);
    }

    private void answer(MessageQueue queue, Query query, AckRequest acks) {
        String name = queue.definition().name();
        List<QueuedMessage> found =
                queue.browse(query.reading().messageType(), query.reading()::wantsContent);
        List<QueuedMessage> returned = found.subList(0, Math.min(found.size(), query.topN()));
        session.send(HeaderBuilder.command("group_begin").add("query_id", query.id()).frame());
        for (int from = 0; from < returned.size(); from += query.batchSize()) {
            int to = Math.min(returned.size(), from + query.batchSize());
            session.send(
                    HeaderBuilder.command("sow")
                            .add("query_id", query.id())
                            .add("t", name)
                            .addUnsigned("bs", to - from)
                            .frame(records(returned.subList(from, to), query.reading())));
        }
        session.send(HeaderBuilder.command("group_end").add("query_id", query.id()).frame());
        for (String type : List.of("completed", "stats")) {
            if (acks.wants(type)) {
                session.ack(
                        HeaderBuilder.ack(acks.commandId(), type)
                                .success()
                                .add("query_id", query.id())
                                .addUnsigned("matches", found.size())
                                .addUnsigned("topic_matches", queue.depth())
                                .addUnsigned("records_returned", returned.size())
                                .frame(),
                        type,
                        null);
            }
        }
    }

    private static byte[] records(List<QueuedMessage> messages, Reading reading) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (QueuedMessage queued : messages) {
            Message message = ((QueueMessage) queued).message();
            byte[] body = reading.select(message.body()).copy();
            String correlation =
                    message.correlationId() == null
                            ? ""
                            : ",\"x\":\"" + HeaderBuilder.escape(message.correlationId()) + '"';
            String header =
                    "{\"bm\":\""
                            + queued.bookmark()
                            + "\",\"ts\":\""
                            + Timestamps.text(message.timestampMicros())
                            + '"'
                            + correlation
                            + ",\"l\":"
                            + body.length
                            + '}';
            records.writeBytes(header.getBytes(StandardCharsets.UTF_8));
            records.writeBytes(body);
        }
        return records.toByteArray();
    }
}
