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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Java command lines of one cluster: the same class path, configuration and flags for all.
 *
 * @param classPath Flink's jars and what is put beside them
 * @param folders of the cluster
 */
record FlinkJvm(String classPath, ClusterFolders folders) {

    /** Of the JVMs that live for seconds. */
    static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-Xmx256m");

    /** What the scripts of Flink's distribution open on Java 17. */
    static final List<String> OPENED =
            List.of(
                    "--add-exports=java.base/sun.net.util=ALL-UNNAMED",
                    "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
                    "--add-exports=java.security.jgss/sun.security.krb5=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.net=ALL-UNNAMED",
                    "--add-opens=java.base/java.io=ALL-UNNAMED",
                    "--add-opens=java.base/java.nio=ALL-UNNAMED",
                    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                    "--add-opens=java.base/java.text=ALL-UNNAMED",
                    "--add-opens=java.base/java.time=ALL-UNNAMED",
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                    "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
                    "--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED");

    /**
     * A command line.
     *
     * @param flags of the JVM, beside those that all have
     * @param main the class to run
     * @param arguments for it
     */
    List<String> command(List<String> flags, String main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPENED);
        // A JVM that is killed leaves its performance data behind, outside of the cluster's folder.
        command.add("-XX:-UsePerfData");
        // Heaps are small and cores are few.
        command.add("-XX:+UseSerialGC");
        command.addAll(flags);
        command.add("-Djava.io.tmpdir=" + folders.temporary());
        command.add("-Dlog4j.configurationFile=" + folders.loggingConfiguration().toUri());
        command.add("-cp");
        command.add(classPath);
        command.add(main);
        command.addAll(arguments);
        return command;
    }

    /** What Flink's processes and its client look up in the environment. */
    Map<String, String> environment() {
        return Map.of(
                "FLINK_CONF_DIR", folders.configuration().toString(),
                "FLINK_PLUGINS_DIR", folders.plugins().toString());
    }
}
