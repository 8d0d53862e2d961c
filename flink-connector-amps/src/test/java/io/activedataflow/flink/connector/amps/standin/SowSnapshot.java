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

import io.activedataflow.flink.connector.amps.standin.sow.SowRecord;

import java.io.IOException;
import java.util.List;

/**
 * The answer to a query on its way to the client. Moved by the writer thread only, at the pace of
 * the connection.
 */
final class SowSnapshot {

    private final Request request;
    private final SowAnswer answer;
    private final SowFrames frames;
    private final SowFaults faults;

    private int part;
    private int row;
    private long returned;
    private Phase phase = Phase.BEGIN;
    private String failure;
    private volatile boolean cancelled;

    private enum Phase {
        BEGIN,
        RECORDS,
        END,
        ACKS,
        DONE
    }

    /**
     * Who asked, and how.
     *
     * @param subId the subscription that goes on with it; null for none
     */
    record Request(AckRequest acks, String queryId, String subId, int batchSize) {}

    SowSnapshot(Request request, SowAnswer answer, SowFrames frames, SowFaults faults) {
        this.request = request;
        this.answer = answer;
        this.frames = frames;
        this.faults = faults;
    }

    String queryId() {
        return request.queryId();
    }

    String subId() {
        return request.subId();
    }

    /** Sends no more records. */
    void cancel() {
        cancelled = true;
    }

    boolean isDone() {
        return phase == Phase.DONE;
    }

    /**
     * Sends what there is, at most about a number of bytes.
     *
     * @return false if it has to wait
     */
    boolean advance(FrameSink sink, int bytes) throws IOException {
        if (phase == Phase.BEGIN) {
            sink.mark(marker("group_begin"));
            phase = Phase.RECORDS;
        }
        if (phase == Phase.RECORDS) {
            records(sink, sink.buffer().size() + bytes);
        }
        if (phase == Phase.END) {
            if (faults.holdsGroupEnds()) {
                return false;
            }
            sink.mark(marker("group_end"));
            phase = Phase.ACKS;
            if (faults.takeCutBehindGroupEnd()) {
                sink.cut();
            }
        }
        if (phase == Phase.ACKS) {
            phase = Phase.DONE;
            acknowledge(sink);
        }
        return true;
    }

    private void records(FrameSink sink, int limit) throws IOException {
        while (sink.buffer().size() < limit) {
            if (failure == null) {
                failure = cancelled ? Reason.SOW_CANCELED : faults.takeFailure(returned);
            }
            while (part < answer.parts().size()
                    && row == answer.parts().get(part).records().size()) {
                part++;
                row = 0;
            }
            if (failure != null || part == answer.parts().size()) {
                phase = Phase.END;
                return;
            }
            SowAnswer.Part from = answer.parts().get(part);
            int count = Math.min(request.batchSize(), from.records().size() - row);
            count = faults.limit(count, returned);
            List<SowRecord> batch = from.records().subList(row, row + count);
            frames.append(sink.buffer(), request.queryId(), from.topic().name(), batch);
            sink.messageDone();
            row += count;
            returned += count;
            if (faults.takeCutBehindRecords(count)) {
                sink.cut();
                return;
            }
        }
    }

    private byte[] marker(String command) {
        return HeaderBuilder.command(command).add("query_id", request.queryId()).frame();
    }

    private void acknowledge(FrameSink sink) throws IOException {
        AckRequest acks = request.acks();
        if (failure == null) {
            failure = faults.takeFailureAtTheEnd();
        }
        if (acks.wants("completed")) {
            sink.ack(
                    outcome("completed").addUnsigned("records_returned", returned).frame(),
                    "completed");
        }
        if (acks.wants("stats")) {
            sink.ack(
                    outcome("stats")
                            .addUnsigned("matches", answer.matches())
                            .addUnsigned("topic_matches", answer.examined())
                            .addUnsigned("records_returned", returned)
                            .frame(),
                    "stats");
        }
    }

    private HeaderBuilder outcome(String type) {
        HeaderBuilder ack = HeaderBuilder.ack(request.acks().commandId(), type);
        return (failure == null ? ack.success() : ack.failure(failure))
                .add("query_id", request.queryId());
    }
}
