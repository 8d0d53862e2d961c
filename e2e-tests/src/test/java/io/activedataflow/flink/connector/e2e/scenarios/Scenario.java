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

package io.activedataflow.flink.connector.e2e.scenarios;

import io.activedataflow.flink.connector.e2e.environment.FlinkClusterExtension;
import io.activedataflow.flink.connector.e2e.environment.JobSubmission;
import io.activedataflow.flink.connector.e2e.pipeline.CommittedOutput;
import io.activedataflow.flink.connector.e2e.pipeline.ExpectedOutput;
import io.activedataflow.flink.connector.e2e.pipeline.Feeding;
import io.activedataflow.flink.connector.e2e.pipeline.OrderBook;
import io.activedataflow.flink.connector.e2e.pipeline.Origin;
import io.activedataflow.flink.connector.e2e.pipeline.OutputVerdict;
import io.activedataflow.flink.connector.e2e.pipeline.PartWriter;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** Servers of its own, what is written to them, and what has to come out. */
final class Scenario implements AutoCloseable {

    private final String name;
    private final FlinkClusterExtension flink;
    private final OrderBook book;
    private final ScenarioServers servers;
    private final List<Feeding> feedings = new ArrayList<>();
    private final Map<Origin, Long> written = new EnumMap<>(Origin.class);

    private Scenario(
            String name, FlinkClusterExtension flink, OrderBook book, ScenarioServers servers) {
        this.name = name;
        this.flink = flink;
        this.book = book;
        this.servers = servers;
    }

    /** Starts the servers. */
    static Scenario start(String name, FlinkClusterExtension flink, OrderBook book) {
        return new Scenario(name, flink, book, ScenarioServers.start(flink.environment()));
    }

    ScenarioServers servers() {
        return servers;
    }

    OrderBook book() {
        return book;
    }

    /** Writes so many orders to a source, all at once. */
    void write(Origin origin, long orders) {
        Feeding.writeAll(writer(origin), orders);
        written.put(origin, orders);
    }

    /** Writes so many orders to each source, all at once. */
    void write(long orders) {
        for (Origin origin : Origin.values()) {
            write(origin, orders);
        }
    }

    /** Begins to write to a source, until {@link #finishFeeding()}. */
    Feeding feed(Origin origin, double ordersPerSecond) {
        return feed(origin, ordersPerSecond, Long.MAX_VALUE);
    }

    /** Begins to write so many orders to a source. */
    Feeding feed(Origin origin, double ordersPerSecond, long orders) {
        Feeding feeding = Feeding.start(writer(origin), ordersPerSecond, orders);
        feedings.add(feeding);
        return feeding;
    }

    /** Begins to write to all sources at this rate each, until {@link #finishFeeding()}. */
    void feed(double ordersPerSecond) {
        for (Origin origin : Origin.values()) {
            feed(origin, ordersPerSecond);
        }
    }

    /** Brings those that are fed to the same number of orders. */
    void finishFeeding() {
        written.putAll(Feeding.finishTogether(feedings));
        feedings.clear();
    }

    private PartWriter writer(Origin origin) {
        return servers.writers(book).stream()
                .filter(writer -> writer.origin() == origin)
                .findFirst()
                .orElseThrow();
    }

    /** What has to come out of all that is written. */
    ExpectedOutput expected() {
        return ExpectedOutput.of(book, written);
    }

    /** The job, with more arguments than those every job has. */
    JobSubmission job(String... more) {
        return JobJars.threeSources(servers.arguments(servers.output(), more));
    }

    /** The job with one operator more. */
    JobSubmission upgradedJob() {
        return JobJars.upgraded(servers.arguments(servers.output()));
    }

    /** Runs a job; its output is that of the scenario. */
    RunningPipeline run(JobSubmission job) {
        return RunningPipeline.submitByRest(flink.cluster(), job, servers.output());
    }

    /** Waits until all is committed that was written, ends the job, and looks at what came out. */
    void finish(RunningPipeline job) {
        job.awaitCommitted(expected().parts());
        job.drain();
        assertExactlyOnce();
    }

    /** What has been committed there by now. */
    CommittedOutput committed(Path output) {
        return CommittedOutput.read(output, book);
    }

    /** What has been committed to these outputs besides the files that are known. */
    CommittedOutput committedAllBut(Set<Path> known, Path... outputs) {
        return CommittedOutput.readAllBut(known, book, outputs);
    }

    void assertExactlyOnce() {
        OutputVerdict verdict = OutputVerdict.of(expected(), committed(servers.output()));
        report(verdict.isExactlyOnce(), verdict);
    }

    /** Prints what a scenario has come to, and fails if that is not right. */
    void report(boolean right, Object verdict) {
        System.out.println(name + ": " + verdict);
        assertThat(right).as(name + ": " + verdict).isTrue();
    }

    @Override
    public void close() {
        feedings.forEach(Feeding::close);
        servers.close();
    }
}
