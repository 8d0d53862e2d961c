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

package io.activedataflow.flink.connector.e2e.environment;

import java.util.Optional;

/**
 * A server with a network of its own in front of it.
 *
 * @param process what runs it
 * @param endpointOfTest where it listens itself
 * @param endpointOfJobs where jobs enter the network
 */
record ProxiedServer(
        ManagedProcess process,
        Endpoint endpointOfTest,
        Endpoint endpointOfJobs,
        Optional<Credentials> credentials,
        ProxyNetwork network)
        implements ServerProcess {

    /** A server on this machine, for jobs that run on it, too. */
    static ProxiedServer local(
            ManagedProcess process, Endpoint endpoint, Optional<Credentials> credentials) {
        ProxyNetwork network = ProxyNetwork.to(endpoint);
        return new ProxiedServer(process, endpoint, network.entrance(), credentials, network);
    }

    @Override
    public String name() {
        return process.name();
    }

    @Override
    public void start() {
        process.start();
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void pause() {
        process.pause();
    }

    @Override
    public void resume() {
        process.resume();
    }

    @Override
    public boolean isRunning() {
        return process.isRunning();
    }

    @Override
    public long residentBytes() {
        return process.residentBytes();
    }

    @Override
    public String log() {
        return process.log();
    }

    @Override
    public void close() {
        network.close();
        process.close();
    }

    @Override
    public String toString() {
        return name();
    }
}
