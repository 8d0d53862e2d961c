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

import io.activedataflow.flink.connector.amps.testutils.Await;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.testutils.junit.SharedReference;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A job that reads records of the state of the world into a {@link SowView}. */
final class SowJob extends DescribedJob<Tuple3<String, String, String>, SowJob> {

    private final SharedReference<SowView> view;
    private boolean merge;

    SowJob(TestJobs jobs, AmpsSourceBuilder<Tuple3<String, String, String>> source) {
        this(jobs, source.build(), jobs.share(new SowView()));
    }

    private SowJob(
            TestJobs jobs,
            AmpsSource<Tuple3<String, String, String>> source,
            SharedReference<SowView> view) {
        super(jobs, source);
        this.view = view;
    }

    @Override
    SowJob self() {
        return this;
    }

    /** Updates hold only what has changed. */
    SowJob merging() {
        merge = true;
        return this;
    }

    /** Another job with the same view, that goes on from a savepoint. */
    SowJob restoredFrom(String savepoint) {
        SowJob next = new SowJob(jobs, source(), view).restoreFrom(savepoint);
        next.merge = merge;
        return next;
    }

    SowView view() {
        return view.get();
    }

    @Override
    void check(DataStream<Tuple3<String, String, String>> records) {
        records.map(new SowView.Keeper(view, merge))
                .returns(Types.TUPLE(Types.STRING, Types.STRING, Types.STRING))
                .setParallelism(1)
                .uid("view")
                .sinkTo(new DiscardingSink<>());
    }

    /** Waits until the view is as it should be. */
    void await(String what, Supplier<Map<String, String>> expected) {
        Await.until(
                what,
                SequenceLedger.PATIENCE,
                () -> view().bodies().equals(expected.get()),
                () -> difference(expected.get()));
    }

    private String difference(Map<String, String> expected) {
        Map<String, String> missing = new TreeMap<>(expected);
        missing.entrySet().removeAll(view().bodies().entrySet());
        Map<String, String> extra = view().bodies();
        extra.entrySet().removeAll(expected.entrySet());
        return "Missing " + missing + ", extra " + extra;
    }
}
