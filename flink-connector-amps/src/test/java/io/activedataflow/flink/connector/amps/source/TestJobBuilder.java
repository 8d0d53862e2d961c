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

package io.activedataflow.flink.connector.amps.source;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.testutils.junit.SharedReference;

/** A job that checks the sequences of what it reads. */
final class TestJobBuilder extends DescribedJob<Tuple2<String, Long>, TestJobBuilder> {

    private final SharedReference<SequenceLedger> ledger;
    private boolean anyOrder;
    private SharedReference<HeldCheckpoints> held;

    TestJobBuilder(
            TestJobs jobs,
            AmpsSource<Tuple2<String, Long>> source,
            SharedReference<SequenceLedger> ledger) {
        super(jobs, source);
        this.ledger = ledger;
    }

    @Override
    TestJobBuilder self() {
        return this;
    }

    /** Lets records pass one by one. */
    TestJobBuilder through(Turnstile turnstile) {
        SharedReference<Turnstile> shared = jobs.share(turnstile);
        return through(element -> shared.get().pass(element));
    }

    /** Checks that each record comes once, whatever the order. */
    TestJobBuilder anyOrder() {
        anyOrder = true;
        return this;
    }

    /** Lets checkpoints pass only as permitted. */
    TestJobBuilder checkpointsThrough(SharedReference<HeldCheckpoints> checkpoints) {
        held = checkpoints;
        return this;
    }

    @Override
    void check(DataStream<Tuple2<String, Long>> records) {
        DataStream<Long> checked =
                records.keyBy(record -> record.f0, Types.STRING)
                        .process(
                                anyOrder ? new OnceCheck(ledger) : new SequenceCheck(ledger),
                                Types.LONG)
                        .uid("check");
        if (held != null) {
            checked = checked.map(new HeldCheckpoints.Holder<>(held)).returns(Types.LONG);
        }
        checked.sinkTo(new DiscardingSink<>());
    }
}
