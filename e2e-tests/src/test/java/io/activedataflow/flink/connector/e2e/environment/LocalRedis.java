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

import io.activedataflow.flink.connector.redis.testutils.RedisProcess;
import io.activedataflow.flink.connector.redis.testutils.RedisProcessBuilder;
import io.activedataflow.flink.connector.redis.testutils.RedisServerBinary;

import java.nio.file.Path;

/** A Redis server as a process of this machine, which has on disk what it has acknowledged. */
final class LocalRedis implements ManagedProcess {

    private final String name;
    private final RedisProcess redis;
    private final Reaper reaper;

    private LocalRedis(String name, RedisProcess redis, Reaper reaper) {
        this.name = name;
        this.redis = redis;
        this.reaper = reaper;
    }

    /**
     * A running server.
     *
     * @param folder for its data
     */
    static LocalRedis start(ServerSettings settings, Path folder, Reaper reaper) {
        RedisProcessBuilder builder =
                RedisProcess.builder(RedisServerBinary.newest())
                        .directory(folder)
                        .port(FreePorts.pick(1).get(0))
                        .appendOnlyAlways();
        settings.credentials().ifPresent(credentials -> demand(credentials, builder));
        LocalRedis server = new LocalRedis(settings.name(), builder.build(), reaper);
        server.start();
        return server;
    }

    /**
     * Nobody gets in without. Switched off, the default user may do everything all the same: Redis
     * 7 repeats scripts as that user when it loads its data, and drops what that may not do.
     */
    private static void demand(Credentials credentials, RedisProcessBuilder builder) {
        builder.config("user", "default", "off", "~*", "&*", "+@all")
                .user(credentials.user(), credentials.password(), "~*", "&*", "+@all")
                .connectAs(credentials.user(), credentials.password());
    }

    /** Where it listens, the same over restarts. */
    Endpoint endpoint() {
        return new Endpoint(redis.host(), redis.port());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized void start() {
        redis.start();
        ProcessHandle.of(redis.pid()).ifPresent(reaper::watch);
    }

    @Override
    public synchronized void kill() {
        if (redis.isRunning()) {
            redis.kill9();
        }
    }

    @Override
    public void pause() {
        redis.pause();
    }

    @Override
    public void resume() {
        redis.resume();
    }

    @Override
    public boolean isRunning() {
        return redis.isRunning();
    }

    @Override
    public synchronized long residentBytes() {
        return redis.isRunning() ? ResidentMemory.ofProcess(redis.pid()) : 0;
    }

    @Override
    public String log() {
        return OsProcess.contentOf(redis.logFile());
    }

    @Override
    public void close() {
        redis.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
